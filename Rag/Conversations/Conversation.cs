using AiApp.Rag.Answering;

namespace AiApp.Rag.Conversations;

public sealed record Conversation
{
    public required Guid Id { get; init; }
    public string? Collection { get; init; }

    /// <summary>Null before the first question.</summary>
    public string? Title { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

public sealed record ConversationPage(IReadOnlyList<Conversation> Items, string? Next);

public enum TurnState { Streaming, Complete, Failed, Stopped }

/// <summary>One question of a conversation and what became of it.</summary>
public sealed record Turn
{
    public required Guid ConversationId { get; init; }
    public required Guid Id { get; init; }

    /// <summary>The turn before; null for a first one. Turns of one parent are wordings of one question.</summary>
    public Guid? ParentId { get; init; }
    public required string Question { get; init; }

    /// <summary>The question that was answered; null while it is not known.</summary>
    public string? Standalone { get; init; }

    /// <summary>rules or model; null when the question stood alone.</summary>
    public string? RewrittenBy { get; init; }
    public required TurnState State { get; init; }
    public string? ErrorCode { get; init; }
    public required Guid AnswerId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was written: the whole of a complete turn, a part of another; null when there is nothing, or nothing that may still be read.</summary>
    public Answer? Answer { get; init; }

    /// <summary>Something was written that may no longer be read.</summary>
    public bool IsWithheld { get; init; }
}

/// <summary>A question to be put into a conversation.</summary>
public sealed record NewTurn
{
    public required Guid ConversationId { get; init; }

    /// <summary>Sent again under the same id, a question is not asked twice.</summary>
    public required Guid Id { get; init; }
    public required string Question { get; init; }

    /// <summary>The turn before; the newest when neither this nor <see cref="EditOf"/> is given.</summary>
    public Guid? Parent { get; init; }

    /// <summary>The turn that this is another wording of.</summary>
    public Guid? EditOf { get; init; }
    public bool IsFresh { get; init; }
}

/// <summary>What was said before a turn, oldest first: what a follow-up is understood by.</summary>
public sealed record PathTurn
{
    public required Guid Id { get; init; }

    /// <summary>As it was understood.</summary>
    public required string Question { get; init; }

    /// <summary>Null when there is none, or none that may still be read.</summary>
    public string? Answer { get; init; }

    /// <summary>What the turns before it had come to when it was asked; null as a rule.</summary>
    public TurnMemory? Memory { get; init; }
}

/// <summary>What the turns up to <see cref="Through"/> came to, in few words.</summary>
public sealed record TurnMemory(Guid Through, string Text);
