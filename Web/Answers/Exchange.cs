using System.Text;
using AiApp.Contracts;

namespace AiApp.Web.Answers;

public enum ExchangeState
{
    Streaming,
    Finished,
    Stopped,
    Failed,
}

/// <summary>One turn of a conversation as the page shows it: the question and what has come back so far.</summary>
public sealed class Exchange(int number, string question, bool isFresh = false)
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<int, CitationDto> citations = [];

    public int Number { get; } = number;
    public string Question { get; } = question;

    /// <summary>No earlier answer is wanted.</summary>
    public bool IsFresh { get; } = isFresh;
    public ExchangeState State { get; private set; } = ExchangeState.Streaming;

    /// <summary>The step under way, as the Api names it.</summary>
    public string? Stage { get; private set; }
    public AnswerDto? Answer { get; private set; }
    public ProblemDto? Problem { get; private set; }

    /// <summary>The turn's id, chosen here, so that a question that is sent again is not asked twice.</summary>
    public Guid TurnId { get; init; } = Guid.CreateVersion7();
    public Guid? ParentId { get; init; }

    /// <summary>The exchange that this one is another wording of; null when it goes on.</summary>
    public Guid? EditOf { get; init; }

    /// <summary>The Api has taken it down.</summary>
    public bool IsRecorded { get; private set; }

    /// <summary>The question that a follow-up was answered as.</summary>
    public string? Understood { get; private set; }

    /// <summary>Something was written that may no longer be read.</summary>
    public bool IsWithheld { get; private init; }

    /// <summary>What was said of the answer; null when nothing is.</summary>
    public FeedbackDto? Feedback { get; set; }

    /// <summary>Rises with every change, so that a view knows whether to draw.</summary>
    public int Revision { get; private set; }

    public string Text => Answer?.Text ?? text.ToString();
    public IReadOnlyDictionary<int, CitationDto> Citations => citations;
    public bool IsInsufficient => Answer?.Outcome == AnswerOutcomes.InsufficientContext;

    /// <summary>A turn as it is kept.</summary>
    public static Exchange Of(int number, TurnDto turn)
    {
        var exchange = new Exchange(number, turn.Question)
        {
            TurnId = turn.Id,
            ParentId = turn.ParentId,
            IsRecorded = true,
            IsWithheld = turn.Withheld,
            Understood = turn.RewrittenBy is null ? null : turn.StandaloneQuestion,
        };
        if (turn.Partial is { } partial)
        {
            exchange.text.Append(partial.Text);
            foreach (var citation in partial.Citations)
            {
                exchange.citations[citation.Marker] = citation;
            }
        }
        switch (turn)
        {
            case { Answer: { } answer }:
                exchange.Complete(answer);
                break;
            case { State: TurnStates.Stopped }:
                exchange.Stop();
                break;
            case { State: TurnStates.Streaming }:
                break;
            default:
                exchange.Fail(new() { Code = turn.Withheld ? ProblemCodes.NotFound : turn.ErrorCode ?? ProblemCodes.StreamInterrupted, Retryable = true });
                break;
        }
        return exchange;
    }

    public void Apply(AnswerEvent answerEvent)
    {
        Revision++;
        // Whatever comes is of a turn that is taken down.
        IsRecorded = true;
        switch (answerEvent)
        {
            case UnderstoodEvent understood:
                Understood = understood.Question;
                break;
            case StageEvent stage:
                Stage = stage.Name;
                break;
            case DeltaEvent delta:
                text.Append(delta.Text);
                break;
            case CitationEvent { Citation: var citation }:
                citations[citation.Marker] = citation;
                break;
            case DoneEvent { Answer: var answer }:
                Complete(answer);
                break;
            case ErrorEvent { Problem.Code: ProblemCodes.Stopped }:
                Stop();
                break;
            case ErrorEvent { Problem: var problem }:
                Fail(problem);
                break;
            default:
                break; // its beginning says no more, and usage comes again with the whole answer
        }
    }

    public void Stop() => End(ExchangeState.Stopped);

    public void Fail(ProblemDto problem)
    {
        Problem = problem;
        End(ExchangeState.Failed);
    }

    private void Complete(AnswerDto answer)
    {
        Answer = answer;
        foreach (var citation in answer.Citations)
        {
            citations[citation.Marker] = citation;
        }
        End(ExchangeState.Finished);
    }

    private void End(ExchangeState state)
    {
        Revision++;
        Stage = null;
        State = state;
    }
}
