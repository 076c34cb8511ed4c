namespace AiApp.Contracts;

/// <summary>A question over one collection, or over all of the caller's collections when none is named.</summary>
public sealed record AskRequest
{
    public required string Question { get; init; }
    public string? Collection { get; init; }

    /// <summary>Never a cached answer; what is written takes the place of one.</summary>
    public bool Fresh { get; init; }
}

/// <summary>A complete answer. <see cref="Text"/> holds markers <c>[n]</c>; each has a citation of the same number.</summary>
public sealed record AnswerDto
{
    public required Guid Id { get; init; }
    public required string Question { get; init; }
    public required string Text { get; init; }

    /// <summary>One of <see cref="AnswerOutcomes"/>.</summary>
    public required string Outcome { get; init; }
    public required IReadOnlyList<CitationDto> Citations { get; init; }

    /// <summary>The passages that were considered, best first; shown as "nearest passages" when nothing answers.</summary>
    public required IReadOnlyList<PassageDto> Passages { get; init; }
    public required UsageDto Usage { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string PromptVersion { get; init; }
    public required IReadOnlyList<StageDto> Stages { get; init; }
    public required int DurationMs { get; init; }

    /// <summary>Set when an earlier answer is given again, because the documents found now still carry it; null when it was written for this question.</summary>
    public CachedFromDto? Cached { get; init; }

    /// <summary>How the answer is less than what was asked for: words of <see cref="Degradations"/>. Empty as a rule.</summary>
    public IReadOnlyList<string> Degraded { get; init; } = [];

    /// <summary>How the model's sentences stood up to the passages; null in answers recorded before sentences were checked.</summary>
    public GroundingDto? Grounding { get; init; }

    /// <summary>The calls of models; of those without a step the last successful one wrote the answer.</summary>
    public IReadOnlyList<AttemptDto> Attempts { get; init; } = [];
}

/// <summary>Each sentence of a model is held against the passages it cites, and shown only when they support it.</summary>
public sealed record GroundingDto
{
    public required int Supported { get; init; }

    /// <summary>Why each of the others was left out: words of <see cref="ClaimFaults"/>.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>Of the supported sentences those that the model wrote in the place of some that were left out.</summary>
    public int Repaired { get; init; }

    /// <summary>Other documents that say otherwise than what is cited. Empty as a rule.</summary>
    public IReadOnlyList<ConflictDto> Conflicts { get; init; } = [];

    /// <summary>Without an answer: words of the question that no passage has, in its order. Empty where they have them all.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>A sentence of another document that is nearly the one cited, and says otherwise.</summary>
public sealed record ConflictDto
{
    /// <summary>In what they differ: number, date, negation or opposite.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it says otherwise; the marker is that of the citation it speaks against.</summary>
    public required CitationDto Other { get; init; }

    /// <summary>From when until when each document says that it holds; null where it does not say.</summary>
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public DateOnly? CitedValidFrom { get; init; }
    public DateOnly? CitedValidUntil { get; init; }
}

/// <summary>Why a sentence was left out.</summary>
public static class ClaimFaults
{
    /// <summary>Hardly anything of it stands in the passages, or it cites none.</summary>
    public const string Support = "no_support";
    public const string Number = "number";

    /// <summary>The number stands there in another unit.</summary>
    public const string Unit = "unit";
    public const string Date = "date";
    public const string Name = "name";

    /// <summary>A code, version or part number.</summary>
    public const string Identifier = "identifier";

    /// <summary>What it puts in quotation marks stands nowhere.</summary>
    public const string Quote = "quote";

    /// <summary>It denies what they say, or says what they deny.</summary>
    public const string Negation = "negation";

    /// <summary>It says the opposite: before for after, least for most.</summary>
    public const string Opposite = "opposite";

    /// <summary>A model that judges sentences found that the passages do not say it.</summary>
    public const string Judged = "judged";
}

/// <summary>The earlier answer, when it was given, and how old it was when it was given again.</summary>
public sealed record CachedFromDto
{
    public required Guid AnswerId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int AgeSeconds { get; init; }
}

public static class Degradations
{
    /// <summary>Another model of the route answered than the first.</summary>
    public const string OtherModel = "other_model";

    /// <summary>No model wrote it: sentences of the passages are quoted.</summary>
    public const string Extractive = "extractive";

    /// <summary>Fewer passages were shown to the model than were found.</summary>
    public const string FewerPassages = "fewer_passages";

    /// <summary>The configured reranker did not judge the passages: they are in the order of fusion.</summary>
    public const string NotReranked = "not_reranked";
}

/// <summary>One call of one model. Its outcome is "ok", "canceled" or a code of <see cref="ProblemCodes"/>.</summary>
public sealed record AttemptDto
{
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string Outcome { get; init; }

    /// <summary>What it was for besides writing: "repair" of sentences that were left out, or "judge"; null when it wrote.</summary>
    public string? Step { get; init; }
    public double? DurationMs { get; init; }
    public double? FirstTokenMs { get; init; }

    /// <summary>When it began after the question was taken; null in answers recorded before beginnings were.</summary>
    public double? StartMs { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public decimal CostDollars { get; init; }
}

public static class AnswerOutcomes
{
    public const string Answered = "answered";
    public const string InsufficientContext = "insufficient_context";
}

/// <summary>
/// A checked citation: <see cref="Quote"/> stands literally in the canonical text of the cited document version at
/// <see cref="StartOffset"/>, <see cref="Length"/> UTF-16 code units long.
/// </summary>
public sealed record CitationDto
{
    public required int Marker { get; init; }
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required int VersionNumber { get; init; }
    public required long ChunkId { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
    public required string HeadingPath { get; init; }
    public required string Quote { get; init; }
    public required int StartOffset { get; init; }
    public required int Length { get; init; }
    public required int PassageStartOffset { get; init; }
    public required int PassageLength { get; init; }
    public int? Page { get; init; }
}

public sealed record PassageDto
{
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required long ChunkId { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
    public required string HeadingPath { get; init; }
    public required string Text { get; init; }
    public required int StartOffset { get; init; }
    public required int Length { get; init; }
    public int? Page { get; init; }
    public required double Score { get; init; }

    /// <summary>Rank in the lexical leg, 1 is best; null when the leg did not return it.</summary>
    public int? LexicalRank { get; init; }
    public double? LexicalScore { get; init; }
    public int? VectorRank { get; init; }
    public double? VectorScore { get; init; }

    /// <summary>The chunks that the passage is made of, in the order of the text; the ranks belong to <see cref="ChunkId"/>.</summary>
    public IReadOnlyList<long> PartIds { get; init; } = [];

    /// <summary>Other documents that say the same, found for the same question.</summary>
    public IReadOnlyList<DocumentReferenceDto> AlsoIn { get; init; } = [];

    /// <summary>What was decided about it after both legs were fused, in order.</summary>
    public IReadOnlyList<DecisionDto> Decisions { get; init; } = [];
}

public sealed record DocumentReferenceDto
{
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
}

/// <summary>
/// One of <c>outdated</c>, <c>reranked</c>, <c>duplicate_of</c>, <c>repeated_document</c>, <c>merged_into</c>, <c>below_top</c>,
/// <c>over_budget</c>, <c>kept</c>, <c>extended</c>, with a sentence for a person.
/// </summary>
public sealed record DecisionDto
{
    public required string Reason { get; init; }
    public required string Text { get; init; }

    /// <summary>What the score was multiplied by.</summary>
    public double? Factor { get; init; }

    /// <summary>What the score became, where it is no multiple of what it was.</summary>
    public double? Score { get; init; }

    /// <summary>The other chunk that the decision is about.</summary>
    public long? ChunkId { get; init; }
}

public sealed record UsageDto
{
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }

    /// <summary>The provider did not say; the numbers are estimates.</summary>
    public bool TokensAreEstimated { get; init; }

    /// <summary>Of all attempts together; 0 where the configuration has no price.</summary>
    public decimal CostDollars { get; init; }

    /// <summary>The price list that it was priced by.</summary>
    public string? PriceVersion { get; init; }

    /// <summary>
    /// The budgets that bear it, as they stand when it ends: what it might have cost at worst may still be reserved in them for a moment.
    /// Empty when nothing was to be paid, and in answers that are looked up later.
    /// </summary>
    public IReadOnlyList<BudgetDto> Budgets { get; init; } = [];
}

/// <summary>A step of the question's way: its name, how long it took, and when it began after the question was taken.</summary>
public sealed record StageDto
{
    public required string Name { get; init; }
    public required double DurationMs { get; init; }

    /// <summary>Null in answers recorded before beginnings were.</summary>
    public double? StartMs { get; init; }
}
