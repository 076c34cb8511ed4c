using AiApp.Api.Answers;
using AiApp.Api.Budgets;
using AiApp.Contracts;
using AiApp.Rag.Agents;
using AiApp.Rag.Answering;

namespace AiApp.Api.Agents;

internal static class AgentMapping
{
    public static AgentRunDto ToDto(this AgentRun run, Answer? answer = null) => new()
    {
        Id = run.Id,
        Question = run.Task.Question,
        Collection = run.Task.Collection,
        State = run.State switch
        {
            AgentRunState.Running => AgentStates.Running,
            AgentRunState.WaitingApproval => AgentStates.WaitingApproval,
            AgentRunState.Completed => AgentStates.Completed,
            AgentRunState.Failed => AgentStates.Failed,
            AgentRunState.Stopped => AgentStates.Stopped,
        },
        FailureCode = run.FailureCode,
        Limits = new() { Steps = run.Task.Limits.Steps, Seconds = run.Task.Limits.Seconds, CostDollars = Money.ToDollars(run.Task.Limits.Cost) },
        CostDollars = Money.ToDollars(run.SpentCost),
        Takeovers = run.Takeovers,
        CreatedAt = run.CreatedAt,
        FinishedAt = run.FinishedAt,
        Steps = [.. run.Steps.Select(ToDto)],
        Approval = run.ToApproval(),
        Answer = answer?.ToDto(),
    };

    public static AgentStepDto ToDto(this AgentStep step) => new()
    {
        Number = step.Number,
        Kind = step.Kind == AgentStepKind.Model ? "model" : "tool",
        State = step.State switch
        {
            AgentStepState.Planned => AgentStepStates.Planned,
            AgentStepState.WaitingApproval => AgentStepStates.WaitingApproval,
            AgentStepState.Approved => AgentStepStates.Approved,
            AgentStepState.Running => AgentStepStates.Running,
            AgentStepState.Done => AgentStepStates.Done,
            AgentStepState.Failed => AgentStepStates.Failed,
            AgentStepState.Declined => AgentStepStates.Declined,
        },
        Tool = step.Call?.Tool,
        Arguments = step.Call?.Arguments,
        Summary = step.Summary,
        MayHaveHappened = step.MayHaveHappened,
        Model = step.Response?.Model,
        CostDollars = Money.ToDollars(step.Cost),
        StartedAt = step.StartedAt,
        EndedAt = step.EndedAt,
    };

    public static AgentApprovalDto? ToApproval(this AgentRun run) =>
        run.State == AgentRunState.WaitingApproval && run.Steps.FirstOrDefault(step => step.State == AgentStepState.WaitingApproval) is { } step
            ? new()
            {
                Step = step.Number,
                Tool = step.Call!.Tool,
                Arguments = step.Call.Arguments,
                Hash = step.ApprovalHash!,
                Until = step.ApprovalUntil!.Value,
                MayHaveHappened = step.MayHaveHappened,
            }
            : null;
}
