using AiApp.Contracts;

namespace AiApp.Api.OpenApi;

/// <summary>What the OpenAPI document shows; about the sample corpus.</summary>
internal static class Examples
{
    private static readonly Guid DocumentId = new("0198c0de-7a11-7000-8000-000000000001");

    public static PassageDto Passage { get; } = new()
    {
        DocumentId = DocumentId,
        VersionId = 17,
        ChunkId = 204,
        Title = "Annual leave",
        SourceUri = "handbook/annual-leave.md",
        HeadingPath = "Annual leave > Entitlement",
        Text = "Full-time employees have 28 days of annual leave a year.",
        StartOffset = 120,
        Length = 56,
        Score = 0.93,
        LexicalRank = 1,
        LexicalScore = 11.2,
        VectorRank = 2,
        VectorScore = 0.81,
    };

    public static AnswerDto Answer { get; } = new()
    {
        Id = new("0198c0de-7a11-7000-8000-00000000000a"),
        Question = "How many days of annual leave do I have?",
        Text = "Full-time employees have 28 days of annual leave a year [1].",
        Outcome = AnswerOutcomes.Answered,
        Citations =
        [
            new()
            {
                Marker = 1,
                DocumentId = DocumentId,
                VersionId = 17,
                VersionNumber = 2,
                ChunkId = 204,
                Title = Passage.Title,
                SourceUri = Passage.SourceUri,
                HeadingPath = Passage.HeadingPath,
                Quote = "28 days of annual leave a year",
                StartOffset = 145,
                Length = 30,
                PassageStartOffset = 120,
                PassageLength = 56,
            },
        ],
        Passages = [Passage],
        Usage = new() { InputTokens = 812, OutputTokens = 21 },
        Provider = "local",
        Model = "extractive",
        PromptVersion = "answer.v1",
        Stages = [new() { Name = "retrieving", DurationMs = 12.4 }, new() { Name = "writing", DurationMs = 3.2 }],
        DurationMs = 17,
    };

    public static DocumentDto Document { get; } = new()
    {
        Id = DocumentId,
        Collection = "handbook",
        SourceUri = Passage.SourceUri,
        Title = Passage.Title,
        MediaType = "text/markdown",
        SizeBytes = 2_412,
        Status = DocumentStatuses.Ready,
        Stage = "ready",
        VersionNumber = 2,
        ChunkCount = 9,
        CreatedAt = new(2026, 1, 5, 9, 30, 0, TimeSpan.Zero),
        UpdatedAt = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero),
        Readers = ["everyone"],
    };

    public static DocumentTextDto Text { get; } = new()
    {
        DocumentId = DocumentId,
        VersionId = 17,
        VersionNumber = 2,
        NewestVersionNumber = 2,
        Title = Passage.Title,
        SourceUri = Passage.SourceUri,
        Text = "Annual leave\n\nFull-time employees have 28 days of annual leave a year.",
        Blocks = [new() { Kind = "heading", Start = 0, Length = 12, Level = 1 }, new() { Kind = "paragraph", Start = 14, Length = 56 }],
    };

    public static UploadResultDto Upload { get; } = new()
    {
        Files =
        [
            new() { SourceUri = Passage.SourceUri, Outcome = "accepted", DocumentId = DocumentId },
            new()
            {
                SourceUri = "handbook/logo.png",
                Outcome = "rejected",
                Problem = new Problems.Problem(Problems.ProblemCatalogue.UnsupportedMedia).ToDto(),
            },
        ],
    };
}
