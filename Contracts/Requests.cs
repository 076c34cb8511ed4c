namespace AiApp.Contracts;

/// <summary>Which requests are listed, newest first. Times are instants, and <see cref="From"/> is part of the range.</summary>
public sealed record RequestFilter
{
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>One of <see cref="RequestOutcomes"/>.</summary>
    public string? Outcome { get; init; }
    public string? Code { get; init; }
    public string? Model { get; init; }

    /// <summary>Those that took at least so long.</summary>
    public int? AtLeastMs { get; init; }
}

public static class RequestOutcomes
{
    public const string Answered = "answered";
    public const string InsufficientContext = "insufficient_context";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
}

/// <summary>One request. What was asked is told only to whoever asked it.</summary>
public sealed record RequestDto
{
    public required Guid Id { get; init; }

    /// <summary>question, replay, extraction, or the step of a call that belongs to neither.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>One of <see cref="RequestOutcomes"/>.</summary>
    public required string Outcome { get; init; }
    public string? ErrorCode { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public string? PromptVersion { get; init; }
    public required int DurationMs { get; init; }
    public required decimal CostDollars { get; init; }
    public bool IsDegraded { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }

    /// <summary>Where the spans of the request are found, in the dashboard or wherever OTLP goes.</summary>
    public string? TraceId { get; init; }
    public string? Question { get; init; }
}

/// <summary>Where the time and the money of one request went.</summary>
public sealed record RequestDetailDto
{
    public required RequestDto Request { get; init; }
    public required IReadOnlyList<StageDto> Stages { get; init; }
    public required IReadOnlyList<AttemptDto> Attempts { get; init; }

    /// <summary>Words of <see cref="Degradations"/>.</summary>
    public required IReadOnlyList<string> Degraded { get; init; }

    /// <summary>How many passages were shown to the model, and how many citations were kept.</summary>
    public required int Passages { get; init; }
    public required int Citations { get; init; }

    /// <summary>What whoever asked said of the answer; null when nothing was said.</summary>
    public FeedbackDto? Feedback { get; init; }

    /// <summary>Every call of a model that was paid for.</summary>
    public required IReadOnlyList<LedgerCallDto> Calls { get; init; }
}

/// <summary>A row of the usage ledger.</summary>
public sealed record LedgerCallDto
{
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public required int Attempt { get; init; }
    public required string Step { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string PriceVersion { get; init; }
    public string? PromptVersion { get; init; }

    /// <summary>reserved while it is under way, settled, or expired: its process died, and it is charged at its worst price.</summary>
    public required string State { get; init; }

    /// <summary>"ok", "canceled" or a code of <see cref="ProblemCodes"/>; null until it is settled.</summary>
    public string? Outcome { get; init; }
    public required decimal ReservedDollars { get; init; }
    public required decimal CostDollars { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public required bool TokensAreEstimated { get; init; }
}
