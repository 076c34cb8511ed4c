namespace AiApp.Contracts;

/// <summary>What <c>POST /api/ask</c> streams; the SSE event name is given with each kind.</summary>
public abstract record AnswerEvent;

/// <summary>Event <c>stage</c>: a step has begun ("retrieving", "writing").</summary>
public sealed record StageEvent(string Name, double ElapsedMs) : AnswerEvent;

/// <summary>Event <c>delta</c>: a piece of the answer whose markers are already checked.</summary>
public sealed record DeltaEvent(string Text) : AnswerEvent;

/// <summary>Event <c>citation</c>: the resolved citation behind a marker, sent before the delta that carries it.</summary>
public sealed record CitationEvent(CitationDto Citation) : AnswerEvent;

/// <summary>Event <c>usage</c>.</summary>
public sealed record UsageEvent(UsageDto Usage) : AnswerEvent;

/// <summary>Event <c>done</c>: the whole answer, as the JSON form returns it. The last event of a good stream.</summary>
public sealed record DoneEvent(AnswerDto Answer) : AnswerEvent;

/// <summary>Event <c>error</c>: the answer is not complete. The last event of a failed stream.</summary>
public sealed record ErrorEvent(ProblemDto Problem) : AnswerEvent;

/// <summary>Event <c>turn</c>, of conversations: the question is taken down, under which ids. The first event.</summary>
public sealed record TurnBegunEvent(Guid ConversationId, Guid Id, Guid? ParentId) : AnswerEvent;

/// <summary>Event <c>understood</c>, of conversations: a follow-up is answered as this question. <see cref="By"/> is rules or model.</summary>
public sealed record UnderstoodEvent(string Question, string By) : AnswerEvent;

public static class AnswerEventNames
{
    public const string Turn = "turn";
    public const string Understood = "understood";
    public const string Stage = "stage";
    public const string Delta = "delta";
    public const string Citation = "citation";
    public const string Usage = "usage";
    public const string Done = "done";
    public const string Error = "error";
}
