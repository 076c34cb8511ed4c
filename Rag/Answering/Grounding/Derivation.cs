using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>A number that was worked out, and from what: "28 * 3", 84, [28, 3].</summary>
public sealed record Derivation(string Expression, decimal Value, IReadOnlyList<decimal> Operands)
{
    public string Shown => $"{Expression} = {Value.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture)}";
}

/// <summary>
/// Numbers that no passage says, and that follow from what passages say. One is accepted where everything it was worked out from stands in
/// the passages that the sentence cites, in the question, or is a constant of the calendar or of a scale; and then the working is shown.
/// </summary>
internal sealed class DerivedNumbers(IReadOnlyList<Derivation> derivations)
{
    private const int Hundred = 100;

    // Powers of ten, twelve months, seven days, …: nobody cites them.
    private static readonly decimal[] Constants = [1, 2, 7, 10, 12, 24, 52, 60, Hundred, 365, 366, 1000];

    public static DerivedNumbers None { get; } = new([]);

    /// <summary>How it was worked out; null when it was not, or from something else than <paramref name="known"/>.</summary>
    public Derivation? Find(NumberFact number, IReadOnlyCollection<NumberFact> known)
    {
        for (var place = derivations.Count - 1; place >= 0; place--)
        {
            if (IsWritten(number, derivations[place].Value) && Rests(place, known))
            {
                return derivations[place];
            }
        }
        return null;
    }

    /// <summary>On something known, and on nothing else but constants and on what was worked out before in this way.</summary>
    private bool Rests(int place, IReadOnlyCollection<NumberFact> known)
    {
        // Given and not worked out, such as today's date.
        var rests = derivations[place].Operands.Count == 0;
        foreach (var operand in derivations[place].Operands)
        {
            if (IsKnown(operand, known) || Enumerable.Range(0, place).Any(before => derivations[before].Value == operand && Rests(before, known)))
            {
                rests = true;
            }
            else if (!Constants.Contains(Math.Abs(operand)))
            {
                return false;
            }
        }
        return rests;
    }

    private static bool IsKnown(decimal operand, IReadOnlyCollection<NumberFact> known) => known.Any(number =>
        number.Value == operand || number.OtherReading == operand
        // 12 % of something is 0.12 times it.
        || (number.Unit == "%" && (number.Value == operand * Hundred || number.OtherReading == operand * Hundred)));

    /// <summary>To as many places as the sentence writes.</summary>
    private static bool IsWritten(NumberFact number, decimal value) =>
        new[] { number.Value, number.OtherReading }.OfType<decimal>().Any(written => Math.Round(value, Math.Min(Places(written), 12), MidpointRounding.AwayFromZero) == written);

    private static int Places(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;
}
