using AiApp.Contracts;
using AiApp.Rag.Jobs;

namespace AiApp.Api.Queue;

internal static class QueueMapping
{
    public static QueueDto Example { get; } = new()
    {
        Waiting = new() { Interactive = 2, Normal = 0, Bulk = 410 },
        Running = 2,
        Retrying = 1,
        NextRetryAt = new(2026, 3, 2, 14, 5, 4, TimeSpan.Zero),
        Failed = 1,
        OldestQueuedAt = new(2026, 3, 2, 13, 58, 0, TimeSpan.Zero),
        Paused = new() { Since = new(2026, 3, 2, 14, 4, 0, TimeSpan.Zero), By = "anna@example.com", Reason = "The embedding model is being moved." },
        LastMinute = new() { DocumentsPerSecond = 1.7, ChunksPerSecond = 22.4 },
        LastFiveMinutes = new() { DocumentsPerSecond = 1.6, ChunksPerSecond = 20.9 },
        LastFifteenMinutes = new() { DocumentsPerSecond = 0.7, ChunksPerSecond = 9.2 },
        Forecast = new() { Reason = QueueForecast.Paused },
    };

    public static QueueDto ToDto(this QueueSummary summary) => new()
    {
        Waiting = new() { Interactive = summary.Interactive, Normal = summary.Normal, Bulk = summary.Bulk },
        Running = summary.Running,
        Retrying = summary.Retrying,
        NextRetryAt = summary.NextRetryAt,
        Failed = summary.Failed,
        OldestQueuedAt = summary.OldestQueuedAt,
        Paused = summary.Pause is { } pause ? new() { Since = pause.Since, By = pause.By, Reason = pause.Reason } : null,
        LastMinute = summary.LastMinute.ToDto(),
        LastFiveMinutes = summary.LastFiveMinutes.ToDto(),
        LastFifteenMinutes = summary.LastFifteenMinutes.ToDto(),
        Forecast = new()
        {
            Seconds = Round(summary.Forecast.Seconds),
            EarliestSeconds = Round(summary.Forecast.Earliest),
            LatestSeconds = Round(summary.Forecast.Latest),
            Reason = summary.Forecast.Reason,
        },
    };

    private static ThroughputDto ToDto(this Throughput rate) =>
        new() { DocumentsPerSecond = Math.Round(rate.DocumentsPerSecond, 3), ChunksPerSecond = Math.Round(rate.ChunksPerSecond, 2) };

    private static double? Round(double? seconds) => seconds is { } value ? Math.Round(value, 1) : null;
}
