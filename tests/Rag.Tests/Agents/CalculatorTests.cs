using AiApp.Rag.Agents.Calculation;

namespace AiApp.Rag.Tests.Agents;

public sealed class CalculatorTests
{
    [Theory]
    [InlineData("28 * 3", "84")]
    [InlineData("1 + 2 * 3 - 4 / 2", "5")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("-2 ^ 2", "-4")]
    [InlineData("2 ^ 3 ^ 2", "512")]
    [InlineData("2 ^ -2", "0.25")]
    [InlineData("7 % 4", "3")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1250.75 * 2", "2501.5")]
    [InlineData("min(3, 1, 2) + max(3, 1, 2)", "4")]
    [InlineData("sum(1, 2, 3) / avg(2, 4)", "2")]
    [InlineData("round(10 / 3, 2)", "3.33")]
    [InlineData("round(2.5)", "3")]
    [InlineData("abs(-5)", "5")]
    public void Works_out_decimals(string expression, string value) =>
        Assert.Equal(decimal.Parse(value), Calculator.Calculate(expression).Derivation!.Value);

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 / 0")]
    [InlineData("1.2.3")]
    [InlineData("2 ^ 0.5")]
    [InlineData("9 ^ 99")]
    [InlineData("1000 ^ 1000")]
    [InlineData("System.Environment.Exit(1)")]
    [InlineData("exit(1)")]
    [InlineData("1; 2")]
    [InlineData("abs(1, 2)")]
    public void Says_what_is_wrong_and_does_nothing_else(string expression)
    {
        var result = Calculator.Calculate(expression);

        Assert.Null(result.Derivation);
        Assert.NotEmpty(result.Fault!);
    }

    [Fact]
    public void An_expression_is_bounded_in_length_and_depth()
    {
        Assert.NotNull(Calculator.Calculate(new string('(', 200) + "1" + new string(')', 200)).Fault);
        Assert.NotNull(Calculator.Calculate(string.Join('^', Enumerable.Repeat("1", 120))).Fault);
        Assert.NotNull(Calculator.Calculate(new string('1', 501)).Fault);
        Assert.Equal(1, Calculator.Calculate(new string('-', 400) + "1").Derivation!.Value);
    }

    [Fact]
    public void What_it_was_worked_out_from_is_told_and_the_places_of_a_rounding_are_not() =>
        Assert.Equal([28, 12], Calculator.Calculate("round(28 / 12, 2)").Derivation!.Operands);
}
