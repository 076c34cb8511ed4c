using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiApp.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Cli.Tests;

/// <summary>A run of the fake Api: a search, a call that waits for somebody, and an answer.</summary>
internal sealed class FakeAgent
{
    public const string Arguments = "{\"title\":\"Leave\u202e\"}";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
    private readonly TaskCompletionSource<AgentDecisionRequest> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watched;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Of a run that is over.</summary>
    public Guid Shown { get; } = Guid.NewGuid();
    public ProblemDto? Refusal { get; set; }

    /// <summary>Cuts the first stream after its first step.</summary>
    public bool CutsTheStream { get; set; }
    public bool MayHaveHappened { get; set; }

    /// <summary>What the run was at when it is stopped.</summary>
    public AgentStepDto? CutOff { get; set; }
    public AgentRequest? Request { get; private set; }
    public ConcurrentQueue<string> Calls { get; } = new();

    public void Map(WebApplication app, Func<AnswerDto> answer)
    {
        app.MapPost("/api/agent/runs", (AgentRequest request, CancellationToken ct) =>
        {
            Request = request;
            return Refusal is { } p ? Results.Json(p, Json, "application/problem+json", p.Status ?? 500) : TypedResults.ServerSentEvents(EventsAsync(answer(), ct));
        });
        app.MapGet("/api/agent/runs", (string? cursor) => Results.Json(
            cursor is null ? new PageDto<AgentRunDto> { Items = [Earlier("Why \u001b[2J?", AgentStates.Completed)], Next = "2" } : new() { Items = [Earlier("How?", AgentStates.Failed)] }, Json));
        app.MapGet($"/api/agent/runs/{Shown}", () => Results.Json(Earlier("Why?", AgentStates.Completed) with
        {
            Steps = [new() { Number = 1, Kind = "tool", Tool = "search", Arguments = """{"query":"leave"}""", State = AgentStepStates.Done, Summary = "6 passages" }], Answer = answer(),
        }, Json));
        app.MapGet($"/api/agent/runs/{Id}", (CancellationToken ct) => TypedResults.ServerSentEvents(EventsAsync(answer(), ct)));
        app.MapPost($"/api/agent/runs/{Id}/approvals", (AgentDecisionRequest decision) =>
        {
            Calls.Enqueue($"{(decision.Approve ? "approve" : "decline")} {decision.Step} {decision.Hash}");
            _decided.TrySetResult(decision);
            return Results.Json(Run(AgentStates.Running), Json);
        });
        app.MapPost($"/api/agent/runs/{Id}/stop", () =>
        {
            Calls.Enqueue("stop");
            return Results.Json(Run(AgentStates.Stopped) with { Steps = CutOff is { } step ? [step] : [] }, Json);
        });
    }

    private AgentRunDto Earlier(string question, string state) => new()
    {
        Id = Shown, Question = question, State = state, Limits = new(), CostDollars = 0.0021m, Takeovers = 1, CreatedAt = At, Steps = [],
    };

    private AgentRunDto Run(string state) => new()
    {
        Id = Id, Question = Request!.Question, State = state, Limits = new(), CostDollars = 0.0021m, Takeovers = 1, CreatedAt = At, Steps = [],
    };

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(AnswerDto answer, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return Event(AgentEventNames.Run, Run(AgentStates.Running));
        yield return Event(AgentEventNames.Step, new AgentStepDto
        {
            Number = 1, Kind = "model", State = AgentStepStates.Done, Model = "m", CostDollars = 0.0011m, StartedAt = At, EndedAt = At.AddSeconds(0.4),
        });
        if (CutsTheStream && Interlocked.Increment(ref _watched) == 1)
        {
            yield break;
        }
        var search = new AgentStepDto { Number = 2, Kind = "tool", State = AgentStepStates.Running, Tool = "search", Arguments = "{\"query\":\"leave\"}", StartedAt = At };
        yield return Event(AgentEventNames.Step, search);
        yield return Event(AgentEventNames.Step, search with { State = AgentStepStates.Done, Summary = "6 passages, 6 of them new", EndedAt = At.AddSeconds(1) });
        yield return Event(AgentEventNames.ApprovalRequired, new AgentApprovalDto
        {
            Step = 3, Tool = "tickets_create", Arguments = Arguments, Hash = "abc", Until = At.AddHours(1), MayHaveHappened = MayHaveHappened,
        });
        var decision = await _decided.Task.WaitAsync(ct);
        yield return Event(AgentEventNames.Step, new AgentStepDto
        {
            Number = 3, Kind = "tool", State = decision.Approve ? AgentStepStates.Done : AgentStepStates.Declined, Tool = "tickets_create", Arguments = Arguments,
        });
        yield return Event(AgentEventNames.Done, Run(AgentStates.Completed) with { Answer = answer with { Id = Id, Question = Request!.Question } });
    }

    private static SseItem<string> Event<T>(string name, T value) => new(JsonSerializer.Serialize(value, Json), name);
}
