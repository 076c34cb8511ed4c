using AiApp.Rag.Answering.Grounding;

namespace AiApp.Rag.Agents.Calculation;

/// <summary>What came of an expression: its value and operands, or what is wrong with it.</summary>
internal sealed record CalculationResult(Derivation? Derivation, string? Fault);

/// <summary>Works out expressions of decimals: + - * / % ^, parentheses, and a few functions. There is nothing else it could do.</summary>
internal static class Calculator
{
    public const int MaxLength = 500;

    public static CalculationResult Calculate(string expression)
    {
        var text = expression.Trim();
        if (text.Length is 0 or > MaxLength)
        {
            return new(null, $"An expression has 1 to {MaxLength} characters.");
        }
        var reader = new ExpressionReader(text);
        try
        {
            return new(new(text, Plain(reader.Read()), reader.Operands), null);
        }
        catch (ExpressionException wrong)
        {
            return new(null, wrong.Message);
        }
        catch (DivideByZeroException)
        {
            return new(null, "It divides by zero.");
        }
        catch (OverflowException)
        {
            return new(null, "It becomes larger than 28 digits.");
        }
    }

    // 84.0 and 84 are written alike.
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}

/// <summary>The expression cannot be read; the message says where, in words for the model.</summary>
internal sealed class ExpressionException(string message) : Exception(message);
