using AiApp.Rag.Answering;
using AiApp.Rag.Feedback;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Operations;

/// <summary>One request as whoever runs the service sees it. The cost is nanodollars.</summary>
public sealed record RequestRecord
{
    public required Guid Id { get; init; }

    /// <summary>question, replay, extraction, or the step of a call that belongs to neither.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>answered, insufficient_context, failed or canceled.</summary>
    public required string Outcome { get; init; }
    public string? ErrorCode { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public string? PromptVersion { get; init; }
    public required int DurationMs { get; init; }
    public required long Cost { get; init; }
    public bool IsDegraded { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public string? TraceId { get; init; }

    /// <summary>Only for whoever asked it.</summary>
    public string? Question { get; init; }
}

/// <summary>Where the time and the money of one request went.</summary>
public sealed record RequestDetail
{
    public required RequestRecord Request { get; init; }
    public IReadOnlyList<StageTiming> Stages { get; init; } = [];
    public AnswerCall? Call { get; init; }
    public int Passages { get; init; }
    public int Citations { get; init; }

    /// <summary>What was said of the answer; null when nothing was.</summary>
    public AnswerFeedback? Feedback { get; init; }

    /// <summary>Every call of a model that was paid for, in the order in which they were reserved.</summary>
    public required IReadOnlyList<LedgerCall> Calls { get; init; }
}

/// <summary>A row of the usage ledger. Costs are nanodollars.</summary>
public sealed record LedgerCall
{
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public required int Attempt { get; init; }
    public required string Step { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required string PriceVersion { get; init; }
    public string? PromptVersion { get; init; }

    /// <summary>reserved, settled or expired.</summary>
    public required string State { get; init; }
    public string? Outcome { get; init; }
    public required long ReservedCost { get; init; }
    public required long Cost { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public required bool TokensAreEstimated { get; init; }
}

/// <summary>Which requests are looked for.</summary>
public sealed record RequestQuery
{
    public required TimeRange Range { get; init; }
    public string? Outcome { get; init; }
    public string? ErrorCode { get; init; }
    public string? Model { get; init; }
    public int? AtLeastMs { get; init; }
    public string? Cursor { get; init; }
    public required int Limit { get; init; }
}

public sealed record RequestPage(IReadOnlyList<RequestRecord> Items, string? Next);
