using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Grounding;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Agents;

public enum AgentStepKind { Model, Tool }

public enum AgentStepState { Planned, WaitingApproval, Approved, Running, Done, Failed, Declined }

/// <summary>One call of a model or of a tool.</summary>
public sealed record AgentStep
{
    /// <summary>Counts from 1.</summary>
    public required int Number { get; init; }
    public required AgentStepKind Kind { get; init; }
    public required AgentStepState State { get; init; }

    /// <summary>Of a model that has answered.</summary>
    public AgentResponse? Response { get; init; }

    /// <summary>Of a tool, as the model wrote it.</summary>
    public AgentCall? Call { get; init; }

    /// <summary>What the model is told of it; null once the run is over.</summary>
    internal string? Result { get; init; }

    /// <summary>Passages that it was the first to show.</summary>
    internal IReadOnlyList<RetrievedChunk> Passages { get; init; } = [];
    internal Derivation? Derivation { get; init; }
    public string? Summary { get; init; }

    /// <summary>Somebody else has written what it says.</summary>
    public bool IsTainted { get; init; }

    /// <summary>How often a person was asked about it.</summary>
    public int Askings { get; init; }
    public string? ApprovalHash { get; init; }
    public DateTimeOffset? ApprovalUntil { get; init; }
    public bool ApprovalHolds { get; init; }

    /// <summary>Nobody knows whether the call was made: its process, its run or its server ended in the middle.</summary>
    public bool MayHaveHappened { get; init; }
    public long Cost { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsOver => State is AgentStepState.Done or AgentStepState.Failed or AgentStepState.Declined;
}

/// <summary>A call of a tool. The arguments are JSON, or whatever the model wrote in its place.</summary>
public sealed record AgentCall(string Id, string Tool, string Arguments);

/// <summary>What a model answered, and which one it was.</summary>
public sealed record AgentResponse
{
    public string Text { get; init; } = "";
    public required IReadOnlyList<AgentCall> Calls { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }
    public bool TokensAreEstimated { get; init; }
    public string? PriceVersion { get; init; }
    public required IReadOnlyList<string> Degraded { get; init; }
    public required IReadOnlyList<AnswerAttempt> Attempts { get; init; }
}
