namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// Which weights of some terms can add up to more than a need, as a tsquery: term by term, what is left to reach when its
/// weight is at most that of a level, or when it is missing.
/// </summary>
internal sealed class WeightSums
{
    private readonly Term[] _terms;
    private readonly double[] _left;
    private readonly int _maxWords;

    /// <param name="terms">Heaviest first: the query is shortest so.</param>
    /// <param name="levels">Those that are told apart; level 0 always is.</param>
    public WeightSums(IEnumerable<CandidateTerm> terms, IReadOnlyList<int> levels, int maxWords)
    {
        _terms = [.. terms.Select(term => new Term(term, [.. levels.Where(level => level < term.LevelCount).Prepend(0)]))];
        _maxWords = maxWords;
        _left = new double[_terms.Length + 1];
        for (var i = _terms.Length - 1; i >= 0; i--)
        {
            _left[i] = _left[i + 1] + _terms[i].Bounds[^1];
        }
    }

    /// <summary>Null when the query would have too many words.</summary>
    public TokenQuery? Above(double need, int from = 0)
    {
        if (need < 0)
        {
            return TokenQuery.Everything;
        }
        if (_left[from] <= need)
        {
            return TokenQuery.Nothing;
        }
        if (Above(need, from + 1) is not { } missing)
        {
            return null;
        }
        var term = _terms[from];
        var rests = new List<(int Level, TokenQuery Left)>(term.Levels.Length);
        var lower = missing;
        for (var i = 0; i < term.Levels.Length; i++)
        {
            if (Above(need - term.Bounds[i], from + 1) is not { } rest)
            {
                return null;
            }
            if (!rest.IsSameAs(lower))
            {
                rests.Add((term.Levels[i], rest));
                lower = rest;
            }
        }
        // Each level inside of the one below it: a chunk that reaches a level has the tokens of all lower ones.
        var found = TokenQuery.Nothing;
        for (var i = rests.Count - 1; i >= 0; i--)
        {
            found = rests[i].Left.Or(found).And(term.Candidate, rests[i].Level);
        }
        found = missing.Or(found);
        return found.Words <= _maxWords ? found : null;
    }

    private sealed class Term(CandidateTerm term, int[] levels)
    {
        public CandidateTerm Candidate => term;

        public int[] Levels { get; } = levels;

        /// <summary>The most the term adds where it reaches the level and not the next one told apart.</summary>
        public double[] Bounds { get; } =
            [.. levels.Select((_, i) => i + 1 < levels.Length ? term.BoundAt(levels[i + 1] - 1) : term.Bound)];
    }
}
