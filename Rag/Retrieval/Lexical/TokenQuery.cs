namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>A tsquery over tokens in the making: nothing, everything, or alternatives that are each a token and what must stand beside it.</summary>
internal sealed class TokenQuery
{
    private readonly Alternative[] _alternatives;

    private TokenQuery(params Alternative[] alternatives)
    {
        _alternatives = alternatives;
        foreach (var alternative in alternatives)
        {
            Words += 1 + alternative.Rest.Words;
            Count += alternative.Count;
        }
    }

    public static TokenQuery Nothing { get; } = new([]);

    public static TokenQuery Everything { get; } = new([]);

    public int Words { get; }

    /// <summary>No more chunks than this match, as far as the counts of the tokens are known.</summary>
    public double Count { get; }

    public static TokenQuery Of(CandidateTerm term, int level) => Everything.And(term, level);

    public TokenQuery Or(TokenQuery other) => (this, other) switch
    {
        _ when this == Everything || other == Nothing => this,
        _ when other == Everything || this == Nothing => other,
        _ => new([.. _alternatives, .. other._alternatives.Where(added => !_alternatives.Any(added.IsSameAs))]),
    };

    public TokenQuery And(CandidateTerm term, int level) => this == Nothing ? Nothing
        : new(new Alternative(term, level, this, this == Everything ? term.CountFrom(level) : Math.Min(term.CountFrom(level), Count)));

    public bool IsSameAs(TokenQuery other) => this == other
        || (Words > 0 && Words == other.Words && _alternatives.Length == other._alternatives.Length
            && _alternatives.Zip(other._alternatives).All(pair => pair.First.IsSameAs(pair.Second)));

    public override string ToString() => string.Join('|', _alternatives.Select(alternative => alternative.ToString()));

    private sealed record Alternative(CandidateTerm Term, int Level, TokenQuery Rest, double Count)
    {
        public bool IsSameAs(Alternative other) => Term == other.Term && Level == other.Level && Rest.IsSameAs(other.Rest);

        public override string ToString() => Rest == Everything ? Term.Token(Level)
            : Rest._alternatives.Length > 1 ? $"{Term.Token(Level)}&({Rest})"
            : $"{Term.Token(Level)}&{Rest}";
    }
}
