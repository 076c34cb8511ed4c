using System.Globalization;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// A term of the question as the index finds it: by a token of its own, and by one more for each level its weight in the
/// chunk reaches (lexical_tokens in Database/Migrations).
/// </summary>
internal sealed class CandidateTerm
{
    private static readonly double[] Levels = [1.36, 1.6, 1.76, 1.9];

    // Shares of weights that reach each level, over 7.4 million weights of 232,357 documentation chunks. They choose between
    // plans; the result is exact whatever they are.
    private static readonly double[] Shares = [1, 0.253, 0.103, 0.050, 0.014];

    private readonly string _token;
    private readonly double _max;

    public CandidateTerm(TenantId tenant, QueryTerm term)
    {
        _token = string.Create(CultureInfo.InvariantCulture, $"'{tenant.Value}.{term.Dimension:x}");
        _max = term.MaxWeight;
        Weight = term.Weight;
        Count = term.ChunkCount;
        LevelCount = 1 + Levels.Count(level => level <= term.MaxWeight);
    }

    /// <summary>IDF times the frequency in the question.</summary>
    public double Weight { get; }

    /// <summary>Chunks with the term.</summary>
    public double Count { get; }

    /// <summary>Level 0 is every weight.</summary>
    public int LevelCount { get; }

    /// <summary>The most the term adds to a score.</summary>
    public double Bound => Weight * _max;

    /// <summary>As a word of a tsquery: the chunks in which the term reaches the level.</summary>
    public string Token(int level) => _token + "++++"[..level] + "'";

    /// <summary>The most the term adds where it reaches this level and not the next.</summary>
    public double BoundAt(int level) => Weight * (level + 1 < LevelCount ? Levels[level] : _max);

    /// <summary>About how many chunks reach the level.</summary>
    public double CountFrom(int level) => Count * Shares[level];
}
