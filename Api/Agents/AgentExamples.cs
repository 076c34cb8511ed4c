using AiApp.Api.OpenApi;
using AiApp.Contracts;

namespace AiApp.Api.Agents;

internal static class AgentExamples
{
    private static readonly DateTimeOffset Began = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    public static AgentRequest Request => new()
    {
        Question = "How many days of annual leave do three full-time employees have together?",
        Collection = "handbook",
        Limits = new() { Steps = 12, Seconds = 120, CostDollars = 0.2m },
    };

    public static AgentDecisionRequest Decision => new() { Step = 4, Approve = true, Hash = "9f2c4b1d6a7e8f90123456789abcdef0123456789abcdef0123456789abcdef0" };

    public static AgentRunDto Completed => Run with { State = AgentStates.Completed, FinishedAt = Began.AddSeconds(9), Answer = Examples.Answer with { Id = Run.Id } };

    public static AgentRunDto Waiting => Run with
    {
        State = AgentStates.WaitingApproval,
        Approval = new()
        {
            Step = 4,
            Tool = "tickets_create",
            Arguments = """{"title":"Leave of three employees"}""",
            Hash = Decision.Hash,
            Until = Began.AddHours(1),
            MayHaveHappened = false,
        },
    };

    public static AgentRunDto Running => Run with { State = AgentStates.Running };

    public static AgentRunDto Listed => Run with { State = AgentStates.Completed, FinishedAt = Began.AddSeconds(9), Steps = [] };

    public static AgentRunDto Stopped => Run with { State = AgentStates.Stopped, FinishedAt = Began.AddSeconds(5) };

    private static AgentRunDto Run => new()
    {
        Id = new("0195a7c0-2b6e-7d10-9c3a-5f1e2d3c4b5a"),
        Question = Request.Question,
        Collection = Request.Collection,
        State = AgentStates.Running,
        Limits = Request.Limits!,
        CostDollars = 0.0031m,
        Takeovers = 1,
        CreatedAt = Began,
        Steps =
        [
            new() { Number = 1, Kind = "model", State = "done", Model = "gpt-4.1-mini", CostDollars = 0.0011m, StartedAt = Began, EndedAt = Began.AddSeconds(1) },
            new()
            {
                Number = 2, Kind = "tool", State = "done", Tool = "search", Arguments = """{"query":"days of annual leave"}""",
                Summary = "6 passages, 6 of them new", StartedAt = Began.AddSeconds(1), EndedAt = Began.AddSeconds(2),
            },
        ],
    };
}
