namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// MaxScore with weight levels: which chunks can score more than a threshold, as a tsquery over the tokens of the index. It
/// finds all of them and as few others as its size allows. Rare terms bring their chunks whatever they weigh.
/// </summary>
internal sealed class CandidatePlan
{
    // Chunks that the rarest terms may bring unconditionally. This and the numbers of words below were measured with 400
    // titles and headings over 150,243 documentation chunks: a longer query finds fewer chunks, and costs more for each posting.
    private const int RareBudget = 200;
    private const int MaxWordsOfLevels = 12;
    private const int MaxWords = 20;

    // The database scores in 32-bit floats.
    private const double Slack = 1 - 1e-5;

    private static readonly int[][] LevelChoices = [[], [1], [1, 3], [1, 2, 3, 4]];

    private readonly TokenQuery _rare;
    private readonly CandidateTerm[] _common;
    private readonly WeightSums[] _byLevels;
    private readonly double[] _bounds;

    /// <param name="terms">Rarest first.</param>
    public CandidatePlan(IReadOnlyList<CandidateTerm> terms)
    {
        var count = 0d;
        var rare = terms.TakeWhile(term => (count += term.Count) <= RareBudget).ToList();
        _rare = Any(rare);
        _common = [.. terms.Skip(rare.Count).OrderByDescending(term => term.Bound)];
        _byLevels = [.. LevelChoices.Select(levels => new WeightSums(_common, levels, MaxWordsOfLevels))];
        Bound = terms.Sum(term => term.Bound);
        // What the terms from each place on add at most.
        _bounds = [.. Enumerable.Range(0, _common.Length + 1).Select(from => _common.Skip(from).Sum(term => term.Bound))];
    }

    /// <summary>No chunk scores more.</summary>
    public double Bound { get; }

    /// <summary>Null when no chunk can score more than <paramref name="threshold"/>, which is not negative.</summary>
    public TokenQuery? FindAbove(double threshold)
    {
        var need = threshold * Slack;
        if (Bound <= need)
        {
            return null;
        }
        var found = _rare.Or(FindCommon(need));
        return found == TokenQuery.Nothing ? null : found;
    }

    private TokenQuery FindCommon(double need)
    {
        // The more levels are told apart, the fewer chunks are found and the longer is the query.
        TokenQuery? finest = null;
        foreach (var sums in _byLevels)
        {
            if (sums.Above(need) is not { } found)
            {
                break;
            }
            finest = found;
        }
        if (finest is not null)
        {
            return finest;
        }
        // Terms that add little are taken for granted until the query is short enough.
        for (var terms = _common.Length; _bounds[terms] <= need; terms -= 1 + terms / 16)
        {
            if (new WeightSums(_common.Take(terms), [], MaxWords).Above(need - _bounds[terms]) is { } found)
            {
                return found;
            }
        }
        // The rest cannot make up for all of these missing.
        return Any(_common.Take(Array.FindIndex(_bounds, left => left <= need)));
    }

    private static TokenQuery Any(IEnumerable<CandidateTerm> terms) =>
        terms.Aggregate(TokenQuery.Nothing, (found, term) => found.Or(TokenQuery.Of(term, 0)));
}
