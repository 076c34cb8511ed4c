namespace AiApp.Contracts;

/// <summary>How the service did for the tenant from one instant up to another.</summary>
public sealed record OperationsDto
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>Width of a slice of <see cref="Slices"/>; slices without a question are left out.</summary>
    public required int SliceSeconds { get; init; }

    /// <summary>Width of a slice of <see cref="Usage"/>: an hour or a day.</summary>
    public required int UsageSliceSeconds { get; init; }

    /// <summary>Percentiles rest on one question of so many.</summary>
    public required int SampledOneIn { get; init; }

    /// <summary>Of questions that were answered, or found to have no answer in the documents; null without one.</summary>
    public PercentilesDto? DurationMs { get; init; }
    public required IReadOnlyList<TimeSliceDto> Slices { get; init; }
    public required IReadOnlyList<StageDurationsDto> Stages { get; init; }
    public required IReadOnlyList<ModelUsageDto> Usage { get; init; }
    public required IReadOnlyList<ErrorGroupDto> Errors { get; init; }

    /// <summary>As the processes find the models now, whatever the range of time.</summary>
    public required IReadOnlyList<ModelHealthDto> Models { get; init; }
}

public sealed record PercentilesDto(double P50, double P95, double P99);

/// <summary>The questions of a slice of time, by outcome.</summary>
public sealed record TimeSliceDto
{
    public required DateTimeOffset At { get; init; }
    public required long Answered { get; init; }
    public required long InsufficientContext { get; init; }
    public required long Failed { get; init; }
    public required long Canceled { get; init; }

    /// <summary>Answers that were less than was asked for; they are counted under their outcome too.</summary>
    public required long Degraded { get; init; }
    public PercentilesDto? DurationMs { get; init; }
}

/// <summary>A step of the question's way; <c>first_token</c> is the wait for the first word of the model that answered.</summary>
public sealed record StageDurationsDto
{
    public required string Name { get; init; }
    public required long Count { get; init; }
    public required PercentilesDto DurationMs { get; init; }
}

/// <summary>What one model was called for in a slice of time, with one version of a prompt.</summary>
public sealed record ModelUsageDto
{
    public required DateTimeOffset At { get; init; }
    public required string Step { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public string? PromptVersion { get; init; }
    public required long Calls { get; init; }
    public required long InputTokens { get; init; }

    /// <summary>Part of the input.</summary>
    public required long CachedInputTokens { get; init; }
    public required long OutputTokens { get; init; }

    /// <summary>Calls whose provider did not say how many tokens they were.</summary>
    public required long EstimatedCalls { get; init; }
    public required decimal CostDollars { get; init; }
}

/// <summary>Failures of one code: of questions as a whole, or of calls of one model. A question may be answered although a call failed.</summary>
public sealed record ErrorGroupDto
{
    /// <summary>A code of <see cref="ProblemCodes"/>, or "expired" for calls whose process died.</summary>
    public required string Code { get; init; }

    /// <summary>What the model was called for; null for questions.</summary>
    public string? Step { get; init; }
    public string? Provider { get; init; }
    public string? Model { get; init; }
    public required long Count { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The newest request that met it.</summary>
    public required Guid RequestId { get; init; }
}

/// <summary>A model as one process finds it.</summary>
public sealed record ModelHealthDto
{
    public required string Service { get; init; }
    public required string Host { get; init; }

    /// <summary>chat, embedding or rerank.</summary>
    public required string Kind { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }

    /// <summary>One of <see cref="BreakerStates"/>.</summary>
    public required string Breaker { get; init; }

    /// <summary>When the breaker came to be so; null when it has never opened.</summary>
    public DateTimeOffset? Since { get; init; }
    public required int FailuresInARow { get; init; }
    public string? LastFailure { get; init; }
    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>When it is tried again, while the breaker is open.</summary>
    public DateTimeOffset? ProbeAt { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
}

public static class BreakerStates
{
    /// <summary>The model is called.</summary>
    public const string Closed = "closed";

    /// <summary>The model has failed repeatedly and is left alone.</summary>
    public const string Open = "open";

    /// <summary>One call finds out whether it is well again.</summary>
    public const string HalfOpen = "half_open";
}
