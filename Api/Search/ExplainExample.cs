using AiApp.Api.OpenApi;
using AiApp.Contracts;

namespace AiApp.Api.Search;

/// <summary>What the OpenAPI document shows; about the sample corpus.</summary>
internal static class ExplainExample
{
    private static readonly IReadOnlyList<TermContributionDto> Terms =
    [
        new() { Lexeme = "leav", Idf = 3.5, QueryFrequency = 1, Weight = 1.6, Product = 5.6 },
        new() { Lexeme = "annual", Idf = 4.3, QueryFrequency = 1, Weight = 1.3, Product = 5.6 },
    ];

    public static ExplanationDto Explanation { get; } = new()
    {
        ConfigurationId = "3f1c9a77d0b2e645",
        Terms =
        [
            new() { Lexeme = "annual", ChunkCount = 3, Idf = 4.3, QueryFrequency = 1 },
            new() { Lexeme = "leav", ChunkCount = 8, Idf = 3.5, QueryFrequency = 1 },
        ],
        Lexical = new() { Weight = 0.95, Depth = 50, HitCount = 9, BestScore = 11.2 },
        Vector = new() { Weight = 0.05, Depth = 50, HitCount = 50, BestScore = 0.81, CutScore = 0.31 },
        FusedCount = 52,
        JudgedCount = 20,
        Candidates =
        [
            new()
            {
                Place = 1,
                Passage = Examples.Passage with
                {
                    PartIds = [Examples.Passage.ChunkId],
                    Decisions = [new() { Reason = "kept", Text = "Became passage 1." }],
                },
                FusedRank = 1,
                FusedScore = 0.998,
                Lexical = new() { Rank = 1, Score = 11.2, Normalised = 1, Weight = 0.95, Share = 0.95 },
                Vector = new() { Rank = 2, Score = 0.79, Normalised = 0.96, Weight = 0.05, Share = 0.048 },
                Terms = Terms,
            },
        ],
        Stages = [new() { Name = "lexical", DurationMs = 4.1 }, new() { Name = "vector", DurationMs = 6.3 }, new() { Name = "assemble", DurationMs = 2.0 }],
        Document = new()
        {
            DocumentId = new("0198c0de-7a11-7000-8000-000000000002"),
            Collection = "handbook",
            SourceUri = "policies/sick-leave.md",
            Title = "Sick leave",
            Fate = "below_top",
            Reason = "It came to place 12; 8 are shown.",
            Findings =
            [
                new() { Stage = "lexical", Fate = "found", Reason = "Its best chunk is in place 6 of the lexical leg, with 3.4." },
                new() { Stage = "vector", Fate = "found", Reason = "Its nearest chunk is in place 14 of the vector leg, with 0.52." },
                new() { Stage = "fusion", Fate = "found", Reason = "Both legs together put it in place 10, with 0.307." },
                new() { Stage = "evidence", Fate = "below_top", Reason = "It came to place 12; 8 are shown." },
            ],
            Chunks = [new() { ChunkId = 231, HeadingPath = "Sick leave > Reporting", Fate = "below_top", Reason = "It came to place 12; 8 are shown." }],
            MissingWords = ["annual"],
            ChunkId = 231,
            HeadingPath = "Sick leave > Reporting",
        },
    };
}
