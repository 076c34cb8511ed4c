using System.Text.Json;
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

    public static ReplayDto Replay(Guid id, string evidence) => new()
    {
        Original = Answer() with { Id = id },
        Replay = Answer() with { Text = "It is 320 kronor [1]." },
        Evidence = evidence,
        SameText = false,
        SameOutcome = true,
        KeptCitations = [],
        GoneCitations = [Citation()],
        NewCitations = [Citation() with { Quote = "It is 320 kronor." }],
        CostDollarsMore = 0.0012m,
        DurationMsMore = -40,
        Missing = [ReplayMissing.PromptVersion],
        ChangedDocuments = [new() { DocumentId = Guid.NewGuid(), SourceUri = "policies/travel.md", RecordedVersion = 2, CurrentVersion = 3 }],
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

    public static ExplanationDto Explanation(string? document) => new()
    {
        ConfigurationId = "3f1c9a77d0b2e645",
        Terms =
        [
            new() { Lexeme = "allow", ChunkCount = 3, Idf = 4.3, QueryFrequency = 1 },
            new() { Lexeme = "gothenburg", ChunkCount = 0, Idf = 7.1, QueryFrequency = 1 },
        ],
        Lexical = new() { Weight = 0.95, Depth = 50, HitCount = 2, BestScore = 12.3 },
        Vector = new() { Weight = 0.05, Depth = 50, HitCount = 50, BestScore = 0.81, CutScore = 0.31 },
        FusedCount = 51,
        JudgedCount = 20,
        Candidates =
        [
            new()
            {
                Place = 1,
                Passage = Passage() with
                {
                    Decisions = [new() { Reason = "kept", Text = "Became passage 1." }],
                    AlsoIn = [new() { DocumentId = Guid.NewGuid(), Title = "Travel", SourceUri = "archive/travel.md" }],
                },
                FusedRank = 1,
                FusedScore = 0.95,
                Lexical = new() { Rank = 1, Score = 12.3, Normalised = 1, Weight = 0.95, Share = 0.95 },
                Terms = [new() { Lexeme = "allow", Idf = 4.3, QueryFrequency = 2, Weight = 1.43, Product = 12.3 }],
            },
            new()
            {
                Passage = Passage() with { SourceUri = "policies/hotels.md", Score = 0.412, Decisions = [new() { Reason = "below_top", Text = "Came to place 9; 8 are shown." }] },
                FusedRank = 9,
                FusedScore = 0.412,
                Vector = new() { Rank = 4, Score = 0.7, Normalised = 0.78, Weight = 0.05, Share = 0.039 },
                Terms = [],
            },
        ],
        Stages = [new StageDto { Name = "lexical", DurationMs = 1.2 }],
        Document = document is null ? null : new()
        {
            DocumentId = Guid.NewGuid(),
            Collection = "default",
            SourceUri = document,
            Title = "Hotels",
            Fate = "below_top",
            Reason = "It came to place 9; 8 are shown.",
            Findings =
            [
                new() { Stage = "lexical", Fate = "no_common_word", Reason = "It has none of the question's words (allow, gothenburg)." },
                new() { Stage = "vector", Fate = "found", Reason = "Its nearest chunk is in place 4 of the vector leg, with 0.7." },
            ],
            Chunks = [new() { ChunkId = 9, HeadingPath = "Hotels > Limits", Fate = "below_top", Reason = "It came to place 9; 8 are shown." }],
            MissingWords = ["allow", "gothenburg"],
            ChunkId = 9,
            HeadingPath = "Hotels > Limits",
        },
    };

    public static SearchResultDto SearchResult() => new()
    {
        Passages = [Passage()],
        Stages = [new StageDto { Name = "lexical", DurationMs = 1.2 }],
    };

    public static ExtractionDto Extraction(ExtractRequest request) => new()
    {
        Value = JsonSerializer.SerializeToElement(new { schema = request.Schema, text = request.Text, id = request.DocumentId, words = request.Instructions }),
        Provider = "openai",
        Model = "small",
        Usage = new() { InputTokens = 310, OutputTokens = 27 },
        Attempts = 2,
        Repaired = true,
    };

    public static DocumentSummaryDto Summary(int ready, int waiting = 0, int working = 0) =>
        new() { Waiting = waiting, Working = working, Ready = ready, Failed = 0, Chunks = ready * 3 };

    public static QueueDto Queue() => new()
    {
        Waiting = new() { Interactive = 1, Normal = 2, Bulk = 400 },
        Running = 2,
        Retrying = 1,
        Failed = 3,
        LastMinute = new() { DocumentsPerSecond = 1.5, ChunksPerSecond = 20 },
        LastFiveMinutes = new() { DocumentsPerSecond = 1.25, ChunksPerSecond = 18 },
        LastFifteenMinutes = new() { DocumentsPerSecond = 0.5, ChunksPerSecond = 7 },
        Forecast = new() { Seconds = 300, EarliestSeconds = 80, LatestSeconds = 7200 },
    };

    public static DeletionReceiptDto Receipt(Guid id) => new()
    {
        DocumentId = id,
        Collection = "handbook",
        SourceUri = "pay.md",
        Versions = 2,
        Chunks = 9,
        LexicalEntries = 9,
        Vectors = [new() { Model = "local", Dimensions = 384, Count = 9 }],
        Files = 3,
        FilesKept = 1,
        FileBytes = 12_345,
        CachedAnswers = 0,
        JobCancelled = true,
        DeletedAt = DateTimeOffset.UnixEpoch,
    };

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
