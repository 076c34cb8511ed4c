using AiApp.Rag.Gateway.Resilience;
using Npgsql;

namespace AiApp.Rag.Operations;

/// <summary>How the service did for one tenant in a range of time.</summary>
public sealed record OperationsSummary
{
    public required TimeRange Range { get; init; }

    /// <summary>Percentiles rest on one question of so many; 1 when on all.</summary>
    public required int SampledOneIn { get; init; }
    public required Percentiles? Duration { get; init; }
    public required IReadOnlyList<TimeSlice> Slices { get; init; }
    public required IReadOnlyList<StageDurations> Stages { get; init; }
    public required IReadOnlyList<ModelUsage> Usage { get; init; }
    public required IReadOnlyList<ErrorGroup> Errors { get; init; }
    public required IReadOnlyList<ReportedModel> Models { get; init; }
}

/// <summary>Milliseconds.</summary>
public sealed record Percentiles(double P50, double P95, double P99)
{
    /// <summary>Of a column with an array of the three.</summary>
    internal static Percentiles? Of(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<double[]>(column) is [var p50, var p95, var p99] ? new(p50, p95, p99) : null;
}

/// <summary>The questions of one slice of time, by outcome.</summary>
public sealed record TimeSlice
{
    public required DateTimeOffset At { get; init; }
    public required long Answered { get; init; }
    public required long InsufficientContext { get; init; }
    public required long Failed { get; init; }
    public required long Canceled { get; init; }
    public required long Degraded { get; init; }

    /// <summary>Null without questions that were answered or found without an answer.</summary>
    public Percentiles? Duration { get; init; }
}

public sealed record StageDurations(string Stage, long Count, Percentiles Duration);

/// <summary>Calls of one model in one slice of time. The cost is nanodollars.</summary>
public sealed record ModelUsage
{
    public required DateTimeOffset At { get; init; }
    public required string Step { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public string? PromptVersion { get; init; }
    public required long Calls { get; init; }
    public required long InputTokens { get; init; }
    public required long CachedInputTokens { get; init; }
    public required long OutputTokens { get; init; }

    /// <summary>Calls whose provider did not say how many tokens they were.</summary>
    public required long EstimatedCalls { get; init; }
    public required long Cost { get; init; }
}

/// <summary>Failures of one code at one place: of questions as a whole, or of calls of a model.</summary>
public sealed record ErrorGroup
{
    public required string Code { get; init; }

    /// <summary>Null for questions.</summary>
    public string? Step { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public required long Count { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The newest request that met it.</summary>
    public required Guid RequestId { get; init; }
}
