using AiApp.Rag.Answering;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>What happens while a turn is answered, for whoever puts it into the words of the wire.</summary>
public abstract record TurnStep
{
    private TurnStep()
    {
    }

    public sealed record Begun(Turn Turn) : TurnStep;

    /// <summary>The question was a follow-up and is understood as this one.</summary>
    public sealed record Understood(string Question, string By) : TurnStep;

    public sealed record Progressed(AnswerProgress Progress) : TurnStep;

    /// <summary>Not whole: its text so far is all there is.</summary>
    public sealed record Stopped : TurnStep;

    /// <summary>Whole, but of documents that may no longer be read.</summary>
    public sealed record Withheld : TurnStep;

    public sealed record Failed(string Code, Exception? Reason) : TurnStep;
}

/// <summary>One event of the wire: its name and its JSON.</summary>
public sealed record TurnLine(string Name, string Json);

/// <summary>An event under its number; numbers begin with 1 and have no gap. 0: an event of no stream, read from the record.</summary>
public sealed record TurnEvent(long Id, string Name, string Json, bool IsLast);

/// <summary>How the host puts steps into words.</summary>
public sealed record TurnWords
{
    public required Func<TurnStep, CancellationToken, Task<IReadOnlyList<TurnLine>>> Write { get; init; }

    /// <summary>The code that a failure has among the problems.</summary>
    public required Func<Exception, string> CodeOf { get; init; }
}
