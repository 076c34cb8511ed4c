using AiApp.Api.Budgets;
using AiApp.Api.Search;
using AiApp.Contracts;
using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;

namespace AiApp.Api.Answers;

internal static class AnswerMapping
{
    public static AnswerDto ToDto(this Answer answer) => new()
    {
        Id = answer.Id,
        Question = answer.Question,
        Text = answer.Text,
        Outcome = answer.Outcome switch
        {
            AnswerOutcome.Answered => AnswerOutcomes.Answered,
            AnswerOutcome.InsufficientContext => AnswerOutcomes.InsufficientContext,
        },
        Citations = [.. answer.Citations.Select(ToDto)],
        Passages = [.. answer.Passages.Select(passage => passage.ToDto())],
        Usage = answer.ToUsage(),
        Grounding = answer.ToGrounding(),
        Cached = answer.Cached is { } cached ? new() { AnswerId = cached.AnswerId, At = cached.At, AgeSeconds = (int)cached.Age.TotalSeconds } : null,
        Degraded = answer.Call?.Degraded ?? [],
        Attempts = [.. answer.Call?.Attempts.Select(ToDto) ?? []],
        Provider = answer.Provider,
        Model = answer.Model,
        PromptVersion = answer.PromptVersion,
        Stages = [.. answer.Stages.Select(stage => stage.ToDto())],
        DurationMs = answer.DurationMs,
    };

    private static GroundingDto? ToGrounding(this Answer answer) => answer.Grounding is not { } grounding ? null : new()
    {
        Supported = grounding.Supported,
        Removed = grounding.Removed,
        Repaired = grounding.Repaired,
        Conflicts = [.. grounding.Conflicts.Select(conflict => ToDto(conflict, answer.Citations.FirstOrDefault(citation => citation.Marker == conflict.Marker)))],
        Missing = grounding.Missing,
    };

    private static ConflictDto ToDto(Conflict conflict, Citation? cited) => new()
    {
        Kind = conflict.Kind,
        Other = conflict.Other.ToDto(),
        ValidFrom = conflict.Other.Chunk.ValidFrom,
        ValidUntil = conflict.Other.Chunk.ValidUntil,
        CitedValidFrom = cited?.Chunk.ValidFrom,
        CitedValidUntil = cited?.Chunk.ValidUntil,
    };

    private static UsageDto ToUsage(this Answer answer) => new()
    {
        InputTokens = answer.Usage.InputTokens,
        OutputTokens = answer.Usage.OutputTokens,
        TokensAreEstimated = answer.Call?.TokensAreEstimated is true,
        CostDollars = Money.ToDollars(answer.Call?.Cost ?? 0),
        PriceVersion = answer.Call?.PriceVersion,
    };

    public static AttemptDto ToDto(AnswerAttempt attempt) => new()
    {
        Provider = attempt.Provider,
        Model = attempt.Model,
        Outcome = attempt.Outcome,
        Step = attempt.Step,
        DurationMs = attempt.DurationMs,
        FirstTokenMs = attempt.FirstTokenMs,
        StartMs = attempt.StartMs,
        InputTokens = attempt.InputTokens,
        OutputTokens = attempt.OutputTokens,
        CostDollars = Money.ToDollars(attempt.Cost),
    };

    public static CitationDto ToDto(this Citation citation) => new()
    {
        Marker = citation.Marker,
        DocumentId = citation.Chunk.DocumentId,
        VersionId = citation.Chunk.VersionId,
        VersionNumber = citation.Chunk.VersionNumber,
        ChunkId = citation.Chunk.ChunkId,
        Title = citation.Chunk.Title,
        SourceUri = citation.Chunk.SourceUri,
        HeadingPath = citation.Chunk.HeadingPath,
        Quote = citation.Quote,
        StartOffset = citation.StartOffset,
        Length = citation.Length,
        PassageStartOffset = citation.Chunk.StartOffset,
        PassageLength = citation.Chunk.Length,
        // Recorded before quotes had pages of their own: that of the passage.
        Page = citation.Page ?? citation.Chunk.Page,
    };
}
