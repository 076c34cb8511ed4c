using AiApp.Api.Budgets;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Agents;

namespace AiApp.Api.Agents;

/// <summary>What limits of a request must be like, and what a run that failed is as a problem.</summary>
internal static class AgentRules
{
    public static Problem? Check(AgentLimitsDto? limits) => limits switch
    {
        { Steps: < AgentOptions.LeastSteps } => Problem.Invalid(
            "limits.steps", $"A run has {AgentOptions.LeastSteps} steps at least: one that decides what to look up, one that looks it up and one that answers."),
        { Seconds: < 1 } => Problem.Invalid("limits.seconds", "A run has a second at least."),
        { CostDollars: { } cost } when Money.ToNanodollars(cost) is null => Problem.Invalid("limits.costDollars", "This is not negative."),
        _ => null,
    };

    public static long? ToCost(decimal? dollars) => dollars is { } value ? Money.ToNanodollars(value) : null;

    public static Problem Describe(AgentRun run) => new(ProblemCatalogue.Find(run.FailureCode ?? ProblemCodes.Internal) ?? ProblemCatalogue.Internal)
    {
        Detail = run.FailureCode is ProblemCodes.AgentLimit or ProblemCodes.NoTools ? null
            : $"The run {run.Id} ended without an answer after {run.Steps.Count} steps; GET /api/agent/runs/{run.Id} shows them.",
    };
}
