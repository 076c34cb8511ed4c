namespace AiApp.Contracts;

public sealed record ConversationRequest
{
    /// <summary>Asked alone in this conversation; all of the caller's collections when it is null.</summary>
    public string? Collection { get; init; }
}

public sealed record ConversationDto
{
    public required Guid Id { get; init; }
    public string? Collection { get; init; }

    /// <summary>The first question, shortened, or what its owner called it; null before the first question.</summary>
    public string? Title { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>In the order in which they were asked; empty in lists. Turns of one parent are wordings of one question.</summary>
    public IReadOnlyList<TurnDto> Turns { get; init; } = [];
}

public sealed record ConversationPatch
{
    public required string Title { get; init; }
}

/// <summary>A question in a conversation. It follows the newest turn unless it says which, or is another wording of one.</summary>
public sealed record TurnRequest
{
    public required string Question { get; init; }

    /// <summary>The caller's choice: sent again under the same id, the question is not asked twice. Chosen by the Api when it is null.</summary>
    public Guid? Id { get; init; }

    /// <summary>The turn before.</summary>
    public Guid? Parent { get; init; }

    /// <summary>The turn that this one is another wording of; both stay.</summary>
    public Guid? EditOf { get; init; }

    /// <summary>Never a cached answer.</summary>
    public bool Fresh { get; init; }
}

public sealed record TurnDto
{
    public required Guid ConversationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The turn before; null for a first one.</summary>
    public Guid? ParentId { get; init; }
    public required string Question { get; init; }

    /// <summary>
    /// What the question was understood as and answered; null while it is not known. The question as it was asked where an answer before it may no longer be
    /// read.
    /// </summary>
    public string? StandaloneQuestion { get; init; }

    /// <summary>rules or model; null when the question stood alone, or nothing else is told of it.</summary>
    public string? RewrittenBy { get; init; }

    /// <summary>One of <see cref="TurnStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Of a failed turn: one of <see cref="ProblemCodes"/>.</summary>
    public string? ErrorCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of a complete turn.</summary>
    public AnswerDto? Answer { get; init; }

    /// <summary>Of a stopped or failed turn, what was written until then: never a whole answer.</summary>
    public PartialAnswerDto? Partial { get; init; }

    /// <summary>Something was written, from documents that may no longer be read.</summary>
    public bool Withheld { get; init; }
}

public sealed record PartialAnswerDto(string Text, IReadOnlyList<CitationDto> Citations);

public static class TurnStates
{
    public const string Streaming = "streaming";
    public const string Complete = "complete";
    public const string Failed = "failed";
    public const string Stopped = "stopped";
}

/// <summary>An event of a turn's stream and its id; null for one that nobody can go on from.</summary>
public sealed record NumberedEvent(string? Id, AnswerEvent Event);
