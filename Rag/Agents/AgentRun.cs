using AiApp.Rag.Access;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Agents;

public enum AgentRunState { Running, WaitingApproval, Completed, Failed, Stopped }

/// <summary>What a run may take. The cost is nanodollars.</summary>
public sealed record AgentLimits(int Steps, int Seconds, long Cost);

/// <summary>What somebody wants to be found out.</summary>
public sealed record AgentTask
{
    public required TenantId Tenant { get; init; }
    public required PrincipalSet Principals { get; init; }
    public required string AskedBy { get; init; }
    public string? ApiKey { get; init; }
    public required string Question { get; init; }

    /// <summary>All collections when null.</summary>
    public string? Collection { get; init; }
    public required AgentLimits Limits { get; init; }
}

/// <summary>A run as it stands.</summary>
public sealed record AgentRun
{
    /// <summary>Also that of the answer it ends with.</summary>
    public required Guid Id { get; init; }
    public required AgentTask Task { get; init; }
    public required AgentRunState State { get; init; }

    /// <summary>Why it failed: a code of the Api's problems.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Nanodollars.</summary>
    public required long SpentCost { get; init; }

    /// <summary>How often a process took it up; more than once when one has ended, or somebody had to decide.</summary>
    public required int Takeovers { get; init; }
    public string? TraceParent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required IReadOnlyList<AgentStep> Steps { get; init; }

    public bool IsOver => State is AgentRunState.Completed or AgentRunState.Failed or AgentRunState.Stopped;
}
