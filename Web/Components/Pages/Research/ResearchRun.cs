using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Research;

/// <summary>A run of the agent as the page shows it: what has been told of it so far.</summary>
public sealed class ResearchRun
{
    private readonly SortedDictionary<int, AgentStepDto> steps = [];

    /// <summary>Null until the first event.</summary>
    public AgentRunDto? Run { get; private set; }
    public IReadOnlyCollection<AgentStepDto> Steps => steps.Values;

    /// <summary>The call that waits for whoever asked.</summary>
    public AgentApprovalDto? Approval { get; private set; }

    /// <summary>Why there is no answer.</summary>
    public ProblemDto? Failure { get; private set; }

    /// <summary>The answer as the page of questions has it, so that it looks and is judged like any other.</summary>
    public Exchange? Exchange { get; private set; }

    public bool IsOver => Run is not null && IsEnd(Run);

    /// <summary>What is told of steps runs ahead of what is told of the run.</summary>
    public decimal CostDollars => Math.Max(Run?.CostDollars ?? 0, steps.Values.Sum(step => step.CostDollars));

    public void Apply(AgentEvent one)
    {
        switch (one)
        {
            case AgentRunEvent { Run: var run }:
                Take(run);
                break;
            case AgentDoneEvent { Run: var run }:
                Take(run);
                break;
            case AgentStepEvent { Step: var step }:
                steps[step.Number] = step;
                if (Approval?.Step == step.Number && step.State != AgentStepStates.WaitingApproval)
                {
                    Wait(null);
                }
                break;
            case AgentApprovalEvent { Approval: var approval }:
                Wait(approval);
                break;
            case AgentErrorEvent { Problem: var problem }:
                (Failure, Approval) = (problem, null);
                Run = Run is null ? null : Run with { State = AgentStates.Failed };
                break;
            default:
                break; // the text of the answer comes again with the end
        }
    }

    /// <summary>What the decision about a call returned: the run as it was then, which may be older than what the stream has told meanwhile.</summary>
    public void Decided(int step, AgentRunDto run)
    {
        if (Approval?.Step > step && !IsEnd(run))
        {
            return;
        }
        Take(run);
    }

    // The stream tells the state of the run at its beginning and its end; between them it follows from what waits.
    private void Wait(AgentApprovalDto? approval)
    {
        Approval = approval;
        Run = Run is null ? null : Run with { State = approval is null ? AgentStates.Running : AgentStates.WaitingApproval };
    }

    private static bool IsEnd(AgentRunDto run) => run.State is AgentStates.Completed or AgentStates.Failed or AgentStates.Stopped;

    private static bool IsEnd(AgentStepDto step) => step.State is AgentStepStates.Done or AgentStepStates.Failed or AgentStepStates.Declined;

    private void Take(AgentRunDto run)
    {
        // What a call returns may be older than what the stream has told meanwhile.
        if (IsOver && !IsEnd(run))
        {
            return;
        }
        (Run, Approval) = (run, run.Approval);
        foreach (var step in run.Steps.Where(step => IsEnd(step) || !(steps.TryGetValue(step.Number, out var known) && IsEnd(known))))
        {
            steps[step.Number] = step;
        }
        if (run.Answer is { } answer)
        {
            Exchange = Exchange.Of(1, new()
            {
                ConversationId = run.Id, Id = run.Id, Question = run.Question, State = TurnStates.Complete, CreatedAt = run.CreatedAt, Answer = answer,
            });
        }
    }
}
