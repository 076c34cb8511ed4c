namespace AiApp.Rag.Retrieval.Explain;

/// <summary>One retrieval, told step by step. Computed from the trace of the retrieval itself.</summary>
public sealed record Explanation
{
    /// <summary>The weights and depths that were in force.</summary>
    public required string ConfigurationId { get; init; }
    public required IReadOnlyList<QueryTerm> Terms { get; init; }
    public required LegSummary Lexical { get; init; }
    public required LegSummary Vector { get; init; }

    /// <summary>Chunks in the fused list, and how many of them, from the first, were judged.</summary>
    public required int FusedCount { get; init; }
    public required int JudgedCount { get; init; }

    /// <summary>The passages in their order, then the candidates that are none, best first.</summary>
    public required IReadOnlyList<CandidateExplanation> Candidates { get; init; }
    public required IReadOnlyList<StageTiming> Stages { get; init; }

    /// <summary>done, failed, refused by a budget or left_alone; null when nobody judges passages once more.</summary>
    public string? Reranking { get; init; }

    /// <summary>What became of the document that was asked about.</summary>
    public DocumentExplanation? Document { get; init; }
}

/// <summary>
/// One leg of one retrieval. <see cref="CutScore"/> is the score of its last place; null when it ended before
/// <see cref="Depth"/>, so that nothing was cut off.
/// </summary>
public sealed record LegSummary(double Weight, int Depth, int HitCount, double? BestScore, double? CutScore);

public sealed record CandidateExplanation
{
    /// <summary>A passage, or the chunk alone when it became none; the decisions tell which.</summary>
    public required RetrievedChunk Chunk { get; init; }
    public required int FusedRank { get; init; }
    public required double FusedScore { get; init; }
    public LegShare? Lexical { get; init; }
    public LegShare? Vector { get; init; }

    /// <summary>Their products sum up to the lexical leg's score of the chunk.</summary>
    public required IReadOnlyList<TermContribution> Terms { get; init; }
}

/// <summary>What a leg gave to the fused score: <see cref="Share"/> is the normalised score times the leg's weight.</summary>
public sealed record LegShare(int Rank, double Score, double Normalised, double Weight, double Share);

/// <summary>
/// One lexeme in one chunk: <see cref="Product"/> is the inverse document frequency, times its frequency in the question, times
/// <see cref="Weight"/>, which is the saturated and length-normalised frequency in the chunk, 0 to 2.2.
/// </summary>
public sealed record TermContribution(string Lexeme, double Idf, int QueryFrequency, double Weight, double Product);
