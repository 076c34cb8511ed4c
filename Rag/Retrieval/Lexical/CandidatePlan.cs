namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// MaxScore with weight levels: which chunks can score more than a threshold, as a tsquery over the tokens of the index. It
/// finds all of them and as few others as its size allows. It is a conjunction of clauses: each assumes that one term gives
/// what it can at most up to a level, and says which of the other terms, from which level on, must then be there.
/// </summary>
internal sealed class CandidatePlan
{
    // Beside the clause that brings the candidates. Each word costs a look into the index for each of them: with 4 of them
    // the search was fastest, with 64 it took half as long again.
    private const int MaxFilterWords = 4;

    // The database scores in 32-bit floats.
    private const double Slack = 1 - 1e-5;

    private readonly CandidateTerm[] _terms;
    private readonly double _bound;

    public CandidatePlan(IEnumerable<CandidateTerm> terms)
    {
        _terms = [.. terms.OrderByDescending(term => term.Bound)];
        _bound = _terms.Sum(term => term.Bound);
    }

    /// <summary>Null when no chunk can score more than <paramref name="threshold"/>, which is not negative.</summary>
    public string? FindAbove(double threshold)
    {
        var need = threshold * Slack;
        if (_bound <= need)
        {
            return null;
        }
        var clauses = new List<Clause> { Require(need) };
        for (var i = 0; i < _terms.Length; i++)
        {
            for (var level = _terms[i].LevelCount - 1; level >= 0; level--)
            {
                var clause = Require(need - _terms[i].BoundAt(level), i, level + 1);
                if (clause.Words.Count == 0)
                {
                    break; // This much of the term is enough by itself; less of it leads to weaker clauses.
                }
                clauses.Add(clause);
            }
        }
        return Join(clauses);
    }

    /// <summary>The clause with the fewest chunks, and the most selective others that the words suffice for.</summary>
    private static string Join(IEnumerable<Clause> clauses)
    {
        var left = MaxFilterWords;
        var chosen = new List<string>();
        foreach (var clause in clauses.OrderBy(clause => clause.Count))
        {
            var text = string.Join('|', clause.Words);
            if (!chosen.Contains(text) && (chosen.Count == 0 || clause.Words.Count <= left))
            {
                left -= chosen.Count == 0 ? 0 : clause.Words.Count;
                chosen.Add(text);
            }
        }
        return string.Join('&', chosen.Select(text => chosen.Count > 1 && text.Contains('|') ? $"({text})" : text));
    }

    /// <summary>
    /// The terms and levels one of which a chunk must have to get more than <paramref name="need"/> from all but
    /// <paramref name="assumed"/>, or that term from <paramref name="level"/> on. Empty when it needs nothing.
    /// </summary>
    private Clause Require(double need, int assumed = -1, int level = 0)
    {
        if (need < 0)
        {
            return new([], 0);
        }
        var from = new int[_terms.Length];
        if (assumed >= 0)
        {
            from[assumed] = level;
        }
        for (var left = need; ;)
        {
            var (best, gain, cost) = (-1, 0d, 0d);
            for (var i = 0; i < _terms.Length; i++)
            {
                if (i != assumed && from[i] < _terms[i].LevelCount && Raise(_terms[i], from[i]) is var (saved, added) && added <= left && saved / added > gain)
                {
                    (best, gain, cost) = (i, saved / added, added);
                }
            }
            if (best < 0)
            {
                break;
            }
            left -= cost;
            from[best]++;
        }
        var chosen = Enumerable.Range(0, _terms.Length).Where(i => from[i] < _terms[i].LevelCount).ToList();
        return new([.. chosen.Select(i => _terms[i].Token(from[i]))], chosen.Sum(i => _terms[i].CountFrom(from[i])));
    }

    /// <summary>Chunks that are spared, and what a chunk left out may score more, when a term counts from the next level only.</summary>
    private static (double Saved, double Added) Raise(CandidateTerm term, int level) => (
        term.CountFrom(level) - (level + 1 < term.LevelCount ? term.CountFrom(level + 1) : 0),
        term.BoundAt(level) - (level == 0 ? 0 : term.BoundAt(level - 1)));

    private sealed record Clause(IReadOnlyList<string> Words, double Count);
}
