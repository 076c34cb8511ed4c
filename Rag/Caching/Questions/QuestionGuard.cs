using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Caching.Questions;

/// <summary>Whether two questions that lie near each other ask the same. Whatever differs and might matter makes them two.</summary>
internal static class QuestionGuard
{
    public static bool AskTheSame(QuestionShape one, QuestionShape other, SimilarityOptions options) =>
        !one.IsConstrained && !other.IsConstrained
        && one.Kind == other.Kind
        && one.Persons.Agrees(other.Persons)
        && (options.MaxWordDifference > 0 ? WordsAgree(one.Words, other.Words, options.MaxWordDifference) : one.Pieces.SequenceEqual(other.Pieces, StringComparer.Ordinal))
        && !one.Owned.Overlaps(other.Any) && !one.Any.Overlaps(other.Owned)
        && FactsAgree(one.Facts, other.Facts);

    /// <summary>Nearly the same words, those of both in one order.</summary>
    private static bool WordsAgree(IReadOnlyList<string> one, IReadOnlyList<string> other, double mayDiffer)
    {
        var shared = one.Intersect(other, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return Weight(one.Concat(other).Where(word => !shared.Contains(word))) <= mayDiffer * Weight(one.Concat(other))
            && one.Where(shared.Contains).SequenceEqual(other.Where(shared.Contains), StringComparer.Ordinal);
    }

    private static double Weight(IEnumerable<string> words) => words.Sum(word => (double)Text.Words.Weight(word));

    private static bool FactsAgree(TextFacts one, TextFacts other) =>
        SameMembers(one.Numbers, other.Numbers, (a, b) => a.IsSameValue(b) && a.Unit == b.Unit)
        && SameMembers(one.Dates, other.Dates, (a, b) => a == b)
        && SameMembers(one.Denied, other.Denied, (a, b) => a.SetEquals(b))
        && one.Identifiers.SetEquals(other.Identifiers)
        && one.Quoted.SetEquals(other.Quoted)
        && one.Poles.ToHashSet().SetEquals(other.Poles)
        && NamesStand(one, other) && NamesStand(other, one);

    /// <summary>A name may lose its capitals, and never go.</summary>
    private static bool NamesStand(TextFacts of, TextFacts there) =>
        of.CapitalisesNouns || of.Names.All(name => there.Names.Contains(name) || there.Stems.Contains(Text.Words.Stem(name)));

    private static bool SameMembers<T>(IReadOnlyList<T> one, IReadOnlyList<T> other, Func<T, T, bool> same)
    {
        var left = other.ToList();
        return one.Count == other.Count && one.All(member => left.FindIndex(candidate => same(member, candidate)) is >= 0 and var found && RemoveAt(left, found));
    }

    private static bool RemoveAt<T>(List<T> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }
}
