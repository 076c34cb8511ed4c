using AiApp.Contracts;

namespace AiApp.Api.Sources;

/// <summary>What the OpenAPI document shows of sources.</summary>
internal static class SourceExamples
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);

    public static SourceRequest Request { get; } = new()
    {
        Name = "Handbook",
        Collection = "handbook",
        IntervalSeconds = 900,
        Git = new() { Repository = "https://git.example.com/hr/handbook.git", Branch = "main", Folder = "docs", Include = ["**/*.md"] },
    };

    public static SourceRunDto Run { get; } = new()
    {
        Id = 42,
        StartedAt = Start,
        FinishedAt = Start.AddSeconds(3),
        Outcome = "completed",
        Listed = 120,
        Added = 2,
        Changed = 1,
        Unchanged = 116,
        Deleted = 3,
        Rejected = 1,
        Failed = 0,
        Held = 0,
        Problems = [new() { Item = "logo.png", Code = "unsupported_media", Reason = "Pictures are not read: save it as a PDF with recognised text." }],
    };

    public static SourceDto Source { get; } = new()
    {
        Id = new("0198c0de-7a11-7000-8000-0000000000aa"),
        Name = "Handbook",
        Kind = "git",
        Collection = "handbook",
        Readers = ["everyone"],
        IntervalSeconds = 900,
        Enabled = true,
        State = SourceStates.Idle,
        NextRunAt = Start.AddMinutes(15),
        CreatedAt = Start.AddDays(-1),
        DocumentCount = 119,
        LastRun = Run,
        Git = Request.Git,
    };
}
