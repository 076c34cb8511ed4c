using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Jobs;

public sealed class JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>Places of one process, each with a job or a group of small ones: while one is written, others are read and embedded.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>Small documents that one place takes together.</summary>
    [Range(1, 64)]
    public int GroupDocuments { get; set; } = 16;

    /// <summary>After a rate limit of the embedding provider, one place comes back after each of these periods without another.</summary>
    [Range(1, 600)]
    public int RecoverySeconds { get; set; } = 10;

    /// <summary>How long a silent worker keeps its job. It reports every quarter of this.</summary>
    [Range(1, 3600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>How late a job starts at most when its notification was lost.</summary>
    [Range(100, 60_000)]
    public int PollMs { get; set; } = 1000;

    /// <summary>Workers that one job may take down before it is discarded as poison.</summary>
    [Range(1, 10)]
    public int MaxCrashes { get; set; } = 3;

    [Range(1, 3650)]
    public int KeepFinishedDays { get; set; } = 30;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}
