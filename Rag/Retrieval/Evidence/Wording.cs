using System.Collections.Frozen;
using AiApp.Rag.Text;

namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>What a text says, as far as two texts can be held against each other without understanding them.</summary>
internal sealed class Wording
{
    private const int ShingleLength = 3;

    // "May", "may not" and "may until 2025" share nearly all their words: what turns a sentence must be the same, too.
    private static readonly FrozenSet<string> Turning = """
        not no never none neither nor without except unless only cannot until nicht kein keine keinen nie ohne außer nur bis
        ne pas jamais aucun sans sauf no nunca ningún sin salvo не ни без кроме
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _shingles;
    private readonly string _turns;

    private Wording(HashSet<string> shingles, string turns) => (_shingles, _turns) = (shingles, turns);

    public static Wording Of(string text)
    {
        var words = Words.Split(text);
        var length = Math.Min(ShingleLength, words.Count);
        var shingles = Enumerable.Range(0, length == 0 ? 0 : words.Count - length + 1)
            .Select(i => string.Join(' ', words.GetRange(i, length))).ToHashSet(StringComparer.Ordinal);
        var turns = words.Where(word => word.Any(char.IsDigit) || Turning.Contains(word) || word.EndsWith("n't", StringComparison.Ordinal));
        return new(shingles, string.Join(' ', turns));
    }

    /// <summary>
    /// True when at least the given share of this text's runs of three words stand in the other, with the same numbers and
    /// negations in the same order: then whoever reads the other misses nothing.
    /// </summary>
    public bool IsSaidBy(Wording other, double share) =>
        _turns == other._turns && _shingles.Count > 0 && _shingles.Count(other._shingles.Contains) >= share * _shingles.Count;
}
