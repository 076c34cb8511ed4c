using AiApp.Rag.Agents.Calculation;
using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Tests.Agents;

/// <summary>A number that no passage says is accepted where it follows from what the cited passages say, and then it is shown how.</summary>
public sealed class DerivedNumberTests
{
    private static readonly RetrievedChunk Leave = Passages.Of("Full-time employees have 28 days of annual leave a year.", "Annual leave", 1);
    private static readonly RetrievedChunk Meals = Passages.Of("Meals on a business trip are paid with 60 EUR a day.", "Business trips", 2);

    [Fact]
    public void A_worked_out_number_is_shown_with_its_working() =>
        Assert.Equal(
            "3 full-time employees have 84 days of annual leave a year (28 * 3 = 84) [1].",
            Check("3 full-time employees have 84 days of annual leave a year [1].", "28 * 3"));

    [Fact]
    public void A_working_that_is_written_out_is_not_shown_twice() =>
        Assert.Equal(
            "3 full-time employees have 84 days of annual leave a year (28 * 3 = 84) [1].",
            Check("3 full-time employees have 84 days of annual leave a year (28 * 3 = 84) [1].", "28 * 3"));

    [Theory]
    [InlineData("full-time employees have 84 days of annual leave a year [1].")] // nobody has calculated
    [InlineData("full-time employees have 84 days of annual leave a year [1].", "42 * 2")] // from a number that stands nowhere
    [InlineData("full-time employees have 85 days of annual leave a year [1].", "28 * 3")] // another number than was worked out
    [InlineData("full-time employees have 120 days of annual leave a year [1].", "60 * 2")] // from a passage that it does not cite
    [InlineData("full-time employees have 12 days of annual leave a year [1].", "12 * 1")] // from constants alone
    public void A_number_from_anything_else_is_left_out(string sentence, params string[] calculations) => Assert.Equal("", Check(sentence, calculations));

    [Fact]
    public void A_number_may_follow_from_one_that_was_worked_out_before() =>
        Assert.Equal(
            "3 full-time employees have 168 days of annual leave in all (84 * 2 = 168) [1].",
            Check("3 full-time employees have 168 days of annual leave in all [1].", "28 * 3", "84 * 2"));

    [Fact]
    public void A_number_may_be_rounded() =>
        Assert.Equal(
            "Full-time employees have 2.33 days of annual leave a month (28 / 12 = 2.333333333333) [1].",
            Check("Full-time employees have 2.33 days of annual leave a month [1].", "28 / 12"));

    private static string Check(string sentence, params IEnumerable<string> calculations)
    {
        var gate = new CitationGate([Leave, Meals], "How many days of annual leave do 3 full-time employees have?",
            new([.. calculations.Select(expression => Calculator.Calculate(expression).Derivation!)]));
        gate.Push(sentence);
        gate.Complete();
        return gate.Text;
    }
}
