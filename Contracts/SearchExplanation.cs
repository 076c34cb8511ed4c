namespace AiApp.Contracts;

/// <summary>One search, told step by step: what <c>GET /api/search/explain</c> returns.</summary>
public sealed record ExplanationDto
{
    /// <summary>Names the weights and depths that were in force.</summary>
    public required string ConfigurationId { get; init; }
    public required IReadOnlyList<QueryTermDto> Terms { get; init; }
    public required LegDto Lexical { get; init; }
    public required LegDto Vector { get; init; }

    /// <summary>Chunks in the fused list, and how many of them, from the first, were looked at.</summary>
    public required int FusedCount { get; init; }
    public required int JudgedCount { get; init; }

    /// <summary>The passages in their order, then the candidates that are none, best first.</summary>
    public required IReadOnlyList<CandidateDto> Candidates { get; init; }
    public required IReadOnlyList<StageDto> Stages { get; init; }

    /// <summary>What became of the reranker: done, failed, refused (by a budget) or left_alone (it failed repeatedly); null when there is none.</summary>
    public string? Reranking { get; init; }

    /// <summary>What became of the document that was asked about; null when none was.</summary>
    public DocumentFateDto? Document { get; init; }
}

/// <summary>A word of the query as it is searched for; <see cref="ChunkCount"/> chunks hold it.</summary>
public sealed record QueryTermDto
{
    public required string Lexeme { get; init; }
    public required long ChunkCount { get; init; }
    public required double Idf { get; init; }
    public required int QueryFrequency { get; init; }
}

/// <summary>One leg: its share of the fused score, and where it ended. The cut score is null when nothing was cut off.</summary>
public sealed record LegDto
{
    public required double Weight { get; init; }
    public required int Depth { get; init; }
    public required int HitCount { get; init; }
    public double? BestScore { get; init; }
    public double? CutScore { get; init; }
}

public sealed record CandidateDto
{
    /// <summary>Place among the passages, from 1; null when it is none.</summary>
    public int? Place { get; init; }
    public required PassageDto Passage { get; init; }
    public required int FusedRank { get; init; }
    public required double FusedScore { get; init; }
    public LegShareDto? Lexical { get; init; }
    public LegShareDto? Vector { get; init; }

    /// <summary>Their products sum up to the score of the lexical leg.</summary>
    public required IReadOnlyList<TermContributionDto> Terms { get; init; }
}

/// <summary><see cref="Share"/> is the normalised score times the weight of the leg; both legs' shares sum up to the fused score.</summary>
public sealed record LegShareDto
{
    public required int Rank { get; init; }
    public required double Score { get; init; }
    public required double Normalised { get; init; }
    public required double Weight { get; init; }
    public required double Share { get; init; }
}

/// <summary><see cref="Product"/> is <see cref="Idf"/> times the frequency in the query times <see cref="Weight"/>.</summary>
public sealed record TermContributionDto
{
    public required string Lexeme { get; init; }
    public required double Idf { get; init; }
    public required int QueryFrequency { get; init; }
    public required double Weight { get; init; }
    public required double Product { get; init; }
}

/// <summary>How far a document came, by the chunk of it that came farthest.</summary>
public sealed record DocumentFateDto
{
    public required Guid DocumentId { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required string Title { get; init; }

    /// <summary>
    /// One of <c>found</c>, <c>merged_into_passage</c>, <c>not_ready</c>, <c>other_collection</c>, <c>excluded</c>,
    /// <c>lacks_phrase</c>, <c>no_common_word</c>, <c>below_lexical_depth</c>, <c>no_embedding</c>, <c>below_vector_depth</c>,
    /// <c>missed_by_vector_index</c>, <c>below_fused_depth</c>, <c>replaced</c>, <c>outdated</c>, <c>duplicate_of_passage</c>,
    /// <c>crowded_out</c>, <c>below_top</c>, <c>over_token_budget</c>.
    /// </summary>
    public required string Fate { get; init; }

    /// <summary>A sentence or two for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>What each stage says: <c>lexical</c>, <c>vector</c>, <c>fusion</c>, <c>evidence</c>.</summary>
    public required IReadOnlyList<StageFindingDto> Findings { get; init; }

    /// <summary>Each of its chunks that was looked at, best first.</summary>
    public required IReadOnlyList<ChunkFindingDto> Chunks { get; init; }

    /// <summary>Words of the query, as they are searched for, that the document does not hold.</summary>
    public required IReadOnlyList<string> MissingWords { get; init; }
    public long? ChunkId { get; init; }
    public string? HeadingPath { get; init; }
}

public sealed record StageFindingDto
{
    public required string Stage { get; init; }
    public required string Fate { get; init; }
    public required string Reason { get; init; }
}

public sealed record ChunkFindingDto
{
    public required long ChunkId { get; init; }
    public required string HeadingPath { get; init; }
    public required string Fate { get; init; }
    public required string Reason { get; init; }
}
