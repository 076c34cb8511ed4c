namespace AiApp.Contracts;

public sealed record AgentRequest
{
    public required string Question { get; init; }

    /// <summary>Only this collection is looked into; all of them when null.</summary>
    public string? Collection { get; init; }
    public AgentLimitsDto? Limits { get; init; }
}

/// <summary>What a run may take; what is left out, or is more than the service allows, is the service's own limit.</summary>
public sealed record AgentLimitsDto
{
    /// <summary>Calls of models and of tools together; 3 at least.</summary>
    public int? Steps { get; init; }

    /// <summary>Without the time that a person takes to decide.</summary>
    public int? Seconds { get; init; }
    public decimal? CostDollars { get; init; }
}

public sealed record AgentRunDto
{
    /// <summary>Also that of the answer: <c>GET /api/answers/{id}</c>.</summary>
    public required Guid Id { get; init; }
    public required string Question { get; init; }
    public string? Collection { get; init; }

    /// <summary>One of <see cref="AgentStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why there is no answer: one of <see cref="ProblemCodes"/>.</summary>
    public string? FailureCode { get; init; }
    public required AgentLimitsDto Limits { get; init; }
    public required decimal CostDollars { get; init; }

    /// <summary>How often a process took it up.</summary>
    public required int Takeovers { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Empty in lists.</summary>
    public required IReadOnlyList<AgentStepDto> Steps { get; init; }

    /// <summary>The call that waits for a decision.</summary>
    public AgentApprovalDto? Approval { get; init; }

    /// <summary>Of a completed run, for whoever may still read what it rests on.</summary>
    public AnswerDto? Answer { get; init; }
}

public static class AgentStates
{
    public const string Running = "running";
    public const string WaitingApproval = "waiting_approval";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Stopped = "stopped";
}

/// <summary>One call of a model or of a tool.</summary>
public sealed record AgentStepDto
{
    public required int Number { get; init; }

    /// <summary>"model" or "tool".</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="AgentStepStates"/>.</summary>
    public required string State { get; init; }
    public string? Tool { get; init; }

    /// <summary>As the model wrote them.</summary>
    public string? Arguments { get; init; }

    /// <summary>What came of it, in a few words.</summary>
    public string? Summary { get; init; }

    /// <summary>Its process, its run or its server ended in the middle of the call: it may have been made or not.</summary>
    public bool MayHaveHappened { get; init; }
    public string? Model { get; init; }
    public decimal CostDollars { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

public static class AgentStepStates
{
    public const string Planned = "planned";
    public const string WaitingApproval = "waiting_approval";
    public const string Approved = "approved";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Declined = "declined";
}

/// <summary>A call that is made only when a person says so.</summary>
public sealed record AgentApprovalDto
{
    public required int Step { get; init; }
    public required string Tool { get; init; }

    /// <summary>All of them, letter by letter as they would be sent.</summary>
    public required string Arguments { get; init; }

    /// <summary>What a decision names: it is about this call and no other.</summary>
    public required string Hash { get; init; }

    /// <summary>After that nobody can approve it any more.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>A process ended while it was made: it may have been made already.</summary>
    public required bool MayHaveHappened { get; init; }
}

public sealed record AgentDecisionRequest
{
    public required int Step { get; init; }
    public required bool Approve { get; init; }
    public required string Hash { get; init; }
}

/// <summary>What a watched run streams; the SSE event name is given with each kind.</summary>
public abstract record AgentEvent;

/// <summary>Event <c>run</c>: the run as it was when the stream began. The first event.</summary>
public sealed record AgentRunEvent(AgentRunDto Run) : AgentEvent;

/// <summary>Event <c>step</c>: a step that is new, or has changed.</summary>
public sealed record AgentStepEvent(AgentStepDto Step) : AgentEvent;

/// <summary>Event <c>approval_required</c>: nothing happens until somebody decides.</summary>
public sealed record AgentApprovalEvent(AgentApprovalDto Approval) : AgentEvent;

/// <summary>Event <c>citation</c>, sent before the text that carries its marker.</summary>
public sealed record AgentCitationEvent(CitationDto Citation) : AgentEvent;

/// <summary>Event <c>delta</c>: checked text of the answer.</summary>
public sealed record AgentDeltaEvent(string Text) : AgentEvent;

/// <summary>Event <c>done</c>: the run is over. The last event of a good stream.</summary>
public sealed record AgentDoneEvent(AgentRunDto Run) : AgentEvent;

/// <summary>Event <c>error</c>: there is no answer. The last event of a failed run.</summary>
public sealed record AgentErrorEvent(ProblemDto Problem) : AgentEvent;

public static class AgentEventNames
{
    public const string Run = "run";
    public const string Step = "step";
    public const string ApprovalRequired = "approval_required";
    public const string Citation = "citation";
    public const string Delta = "delta";
    public const string Done = "done";
    public const string Error = "error";
}
