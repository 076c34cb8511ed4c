namespace AiApp.Rag.Jobs;

/// <summary>The queue of one tenant as one caller may see it.</summary>
public sealed record QueueSummary
{
    public required int Interactive { get; init; }
    public required int Normal { get; init; }
    public required int Bulk { get; init; }
    public required int Running { get; init; }
    public required int Retrying { get; init; }

    /// <summary>When the first of the retrying jobs runs again.</summary>
    public DateTimeOffset? NextRetryAt { get; init; }

    /// <summary>Documents whose newest upload could not be ingested.</summary>
    public required int Failed { get; init; }

    /// <summary>When the job that has waited longest was queued.</summary>
    public DateTimeOffset? OldestQueuedAt { get; init; }
    public QueuePause? Pause { get; init; }
    public required Throughput LastMinute { get; init; }
    public required Throughput LastFiveMinutes { get; init; }
    public required Throughput LastFifteenMinutes { get; init; }
    public required QueueForecast Forecast { get; init; }

    /// <summary>Jobs that are not finished.</summary>
    public int Open => Interactive + Normal + Bulk + Running + Retrying;
}

public sealed record QueuePause(DateTimeOffset Since, string By, string? Reason);

public sealed record Throughput(double DocumentsPerSecond, double ChunksPerSecond);

/// <summary>What was completed in one slice of time; 0 is the newest slice.</summary>
public sealed record CompletedSlice(int Slice, int Documents, long Chunks);
