namespace AiApp.Contracts;

/// <summary>The queue of the caller's tenant; of documents that the caller may not read nothing is counted.</summary>
public sealed record QueueDto
{
    public required WaitingDto Waiting { get; init; }
    public required int Running { get; init; }

    /// <summary>Jobs that were stopped by a failure or an outage and run again by themselves.</summary>
    public required int Retrying { get; init; }

    /// <summary>When the first of the retrying jobs runs again.</summary>
    public DateTimeOffset? NextRetryAt { get; init; }

    /// <summary>Documents whose newest upload could not be ingested.</summary>
    public required int Failed { get; init; }

    /// <summary>When the job that has waited longest was queued; its age is the time since then.</summary>
    public DateTimeOffset? OldestQueuedAt { get; init; }

    /// <summary>Null while the queue is worked on.</summary>
    public QueuePauseDto? Paused { get; init; }
    public required ThroughputDto LastMinute { get; init; }
    public required ThroughputDto LastFiveMinutes { get; init; }
    public required ThroughputDto LastFifteenMinutes { get; init; }
    public required ForecastDto Forecast { get; init; }
}

/// <summary>Jobs that are due, by class: somebody waits for an interactive one, nobody for one of a bulk load.</summary>
public sealed record WaitingDto
{
    public required int Interactive { get; init; }
    public required int Normal { get; init; }
    public required int Bulk { get; init; }
}

public sealed record QueuePauseDto
{
    public required DateTimeOffset Since { get; init; }
    public required string By { get; init; }
    public string? Reason { get; init; }
}

public sealed record ThroughputDto
{
    public required double DocumentsPerSecond { get; init; }
    public required double ChunksPerSecond { get; init; }
}

/// <summary>When the queue will be empty, from the throughput that was observed. Without a time there is a reason.</summary>
public sealed record ForecastDto
{
    public double? Seconds { get; init; }

    /// <summary>The queue is empty between these two four times of five.</summary>
    public double? EarliestSeconds { get; init; }
    public double? LatestSeconds { get; init; }

    /// <summary>Why there is no forecast: idle, paused, too_little_observed.</summary>
    public string? Reason { get; init; }
}

public sealed record PauseRequest
{
    /// <summary>For the others: at most 500 characters.</summary>
    public string? Reason { get; init; }
}

public sealed record CancelRequest
{
    /// <summary>Only documents of this collection; of all when absent.</summary>
    public string? Collection { get; init; }
}

public sealed record RetryRequest
{
    /// <summary>Only documents of this collection; of all when absent.</summary>
    public string? Collection { get; init; }

    /// <summary>Only documents that failed with this code, such as "provider_error"; with any when absent.</summary>
    public string? Code { get; init; }

    /// <summary>See <see cref="RetryStages"/>; the stage that failed when absent.</summary>
    public string? From { get; init; }
}

public sealed record RetriedDto
{
    public required int Retried { get; init; }
}

/// <summary>Where a retry begins.</summary>
public static class RetryStages
{
    /// <summary>With the text that was read before, where there is one.</summary>
    public const string Failed = "failed";

    /// <summary>With the file.</summary>
    public const string Reading = "reading";
}

public sealed record CancelledDto
{
    public required int Cancelled { get; init; }
}
