using AiApp.Contracts;

namespace AiApp.Cli.Tests;

internal static class Sample
{
    public const string Text = "Travel\n\nInside Sweden the daily meal allowance is 300 kronor. Receipts are not needed.";
    public const string Quote = "Inside Sweden the daily meal allowance is 300 kronor.";

    public static AnswerDto Answer() => new()
    {
        Id = Guid.NewGuid(),
        Question = "",
        Text = "The daily meal allowance inside Sweden is 300 kronor [1].",
        Outcome = AnswerOutcomes.Answered,
        Citations = [Citation()],
        Passages = [Passage()],
        Usage = new UsageDto(),
        Provider = "local",
        Model = "extractive",
        PromptVersion = "answer.v1",
        Stages = [],
        DurationMs = 812,
    };

    public static AnswerDto NoAnswer() => Answer() with
    {
        Text = "The documents do not say.",
        Outcome = AnswerOutcomes.InsufficientContext,
        Citations = [],
    };

    public static CitationDto Citation() => new()
    {
        Marker = 1,
        DocumentId = Guid.NewGuid(),
        VersionId = 42,
        VersionNumber = 2,
        ChunkId = 7,
        Title = "Travel policy",
        SourceUri = "policies/travel.md",
        HeadingPath = "Travel policy > Allowances",
        Quote = Quote,
        StartOffset = Text.IndexOf(Quote, StringComparison.Ordinal),
        Length = Quote.Length,
        PassageStartOffset = 0,
        PassageLength = Text.Length,
    };

    public static PassageDto Passage() => new()
    {
        DocumentId = Guid.NewGuid(),
        VersionId = 42,
        ChunkId = 7,
        Title = "Travel policy",
        SourceUri = "policies/travel.md",
        HeadingPath = "Travel policy > Allowances",
        Text = Text,
        StartOffset = 0,
        Length = Text.Length,
        Score = 0.912,
        LexicalRank = 1,
        LexicalScore = 12.3,
    };

    public static SearchResultDto SearchResult() => new()
    {
        Passages = [Passage()],
        Stages = [new StageDto { Name = "lexical", DurationMs = 1.2 }],
    };

    public static DocumentSummaryDto Summary(int ready, int waiting = 0, int working = 0) =>
        new() { Waiting = waiting, Working = working, Ready = ready, Failed = 0, Chunks = ready * 3 };

    public static DocumentTextDto Document(Guid id, long? version, string text) => new()
    {
        DocumentId = id,
        VersionId = version ?? 42,
        VersionNumber = 2,
        NewestVersionNumber = 2,
        Title = "Travel policy",
        SourceUri = "policies/travel.md",
        Text = text,
        Blocks = [],
    };

    public static DocumentDto Row(string path, string status) => new()
    {
        Id = Guid.NewGuid(),
        Collection = "handbook",
        SourceUri = path,
        Title = path,
        MediaType = "text/markdown",
        SizeBytes = 10,
        Status = status,
        Stage = "ready",
        FailureCode = status == DocumentStatuses.Failed ? ProblemCodes.PoisonDocument : null,
        FailureReason = status == DocumentStatuses.Failed ? "The file is not text." : null,
        VersionNumber = 1,
        ChunkCount = 3,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Readers = ["everyone"],
    };
}
