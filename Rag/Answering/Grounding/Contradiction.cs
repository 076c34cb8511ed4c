using AiApp.Rag.Text;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Answering.Grounding;

/// <summary>Whether one text says the contrary of another.</summary>
/// <param name="Score">The greater, the more likely; comparable between pairs.</param>
/// <param name="Support">The share of the first text's weight that stands in the second.</param>
internal sealed record Contradiction(double Score, double Support)
{
    public static Contradiction Between(string claim, string text)
    {
        var (one, other) = (TextFacts.Of(claim), TextFacts.Of(text));
        var known = Words.Split(text).Select(Words.Stem).ToHashSet(StringComparer.Ordinal);
        double found = 0, all = 0;
        foreach (var stem in one.Stems.Distinct())
        {
            all += Words.Weight(stem);
            found += known.Contains(stem) ? Words.Weight(stem) : 0;
        }
        var support = all == 0 ? 0 : found / all;
        var denies = Denials.Fault(one, [new EvidenceSentence(text)]) is not null ? 1.0 : 0;
        var numbers = one.Numbers.Any(number => other.Numbers.Count > 0 && !other.Numbers.Any(number.Agrees)) ? 0.5 : 0;
        var unequal = (one.Denied.Count > 0) != (other.Denied.Count > 0) ? 0.5 : 0;
        return new(denies + numbers + unequal - (support * 0.25), support);
    }
}
