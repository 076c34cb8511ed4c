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

/// <summary>One question of this visit and what has come back so far.</summary>
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

    /// <summary>What was said of the answer; null when nothing is.</summary>
    public FeedbackDto? Feedback { get; set; }

    /// <summary>Rises with every change, so that a view knows whether to draw.</summary>
    public int Revision { get; private set; }

    public string Text => Answer?.Text ?? text.ToString();
    public IReadOnlyDictionary<int, CitationDto> Citations => citations;
    public bool IsInsufficient => Answer?.Outcome == AnswerOutcomes.InsufficientContext;

    public void Apply(AnswerEvent answerEvent)
    {
        Revision++;
        switch (answerEvent)
        {
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
            case ErrorEvent { Problem: var problem }:
                Fail(problem);
                break;
            default:
                break; // usage comes again with the whole answer
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
