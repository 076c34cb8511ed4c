using AiApp.Api.Auth;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Agents;
using AiApp.Rag.Answering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Agents;

internal static class AgentEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static void MapAgents(this IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/agent/runs").WithTags("Agent");
        runs.MapPost("", Start).WithName("RunAgent")
            .WithSummary("Finds out what a question asks in several steps, with tools, and answers with checked citations.")
            .WithDescription("JSON by default: the response comes when the run is over or a call of a tool waits for approval. With 'Accept: text/event-stream' its steps are "
                + "streamed as server-sent events: run, step and approval_required while it goes on, then citation, delta and done, or error with a problem. A run goes on "
                + "when nobody listens, and in another process when its own has ended.")
            .Produces<AgentRunDto>(200, "application/json", EventStreamResult.MediaType)
            .ProducesProblems(
                ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.AgentLimit, ProblemCatalogue.NoTools,
                ProblemCatalogue.QuotaExceeded, ProblemCatalogue.ProviderError, ProblemCatalogue.ProviderTimeout)
            .WithExample(AgentExamples.Request, AgentExamples.Completed);
        runs.MapGet("", List).WithName("ListAgentRuns")
            .WithSummary("Your runs, newest first, without their steps and answers.")
            .WithDescription("A page at a time: 'next' of a page is the 'cursor' of the following one, also sent as Link: rel=next.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(null, new PageDto<AgentRunDto> { Items = [AgentExamples.Listed], Next = "NjM5MDc2MTY2MjQ" });
        runs.MapGet("/{id:guid}", Get).WithName("GetAgentRun")
            .WithSummary("A run as it stands, for whoever asked; as server-sent events from its first step on.")
            .Produces<AgentRunDto>(200, "application/json", EventStreamResult.MediaType)
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, AgentExamples.Waiting);
        runs.MapPost("/{id:guid}/approvals", Decide).WithName("DecideAgentCall")
            .WithSummary("Approves or declines the call that a run waits with: this call, by its hash, and no other.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.UnsupportedMedia, ProblemCatalogue.NotFound, ProblemCatalogue.Conflict)
            .WithExample(AgentExamples.Decision, AgentExamples.Running);
        runs.MapPost("/{id:guid}/stop", Stop).WithName("StopAgentRun")
            .WithSummary("Ends a run. One that is over stays as it is.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, AgentExamples.Stopped);
    }

    private static async Task<IResult> Start(
        AgentRequest request, Caller caller, AgentRuns runs, AnswerStore answers, IOptions<AgentOptions> options, HttpContext http, CancellationToken ct)
    {
        if ((TextRules.CheckQuestion("question", request.Question) ?? TextRules.CheckCollection(request.Collection) ?? AgentRules.Check(request.Limits)) is { } problem)
        {
            return new ProblemResult(problem);
        }
        var limits = options.Value.Limit(request.Limits?.Steps, request.Limits?.Seconds, AgentRules.ToCost(request.Limits?.CostDollars));
        if (await runs.StartAsync(caller.ToOwner(), request.Question, request.Collection, limits, ct) is not { } id)
        {
            return new ProblemResult(new Problem(ProblemCatalogue.NoTools));
        }
        if (WantsEvents(http.Request))
        {
            return Stream(id, caller, runs, answers, http);
        }
        await foreach (var run in runs.WatchAsync(caller.ToOwner(), id, ct))
        {
            if (run.State == AgentRunState.Failed)
            {
                return new ProblemResult(AgentRules.Describe(run));
            }
            if (run.IsOver || run.State == AgentRunState.WaitingApproval)
            {
                return TypedResults.Ok(await CompleteAsync(run, caller, answers, ct));
            }
        }
        throw new InvalidOperationException("The run is gone.");
    }

    private static async Task<Results<Ok<PageDto<AgentRunDto>>, ProblemResult>> List(
        string? cursor, int? limit, Caller caller, AgentRuns runs, HttpResponse response, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new ProblemResult(Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}."));
        }
        var page = await runs.ListAsync(caller.ToOwner(), cursor, limit ?? DefaultLimit, ct);
        if (page.Next is { } next)
        {
            response.Headers.Link = $"</api/agent/runs?limit={limit ?? DefaultLimit}&cursor={Uri.EscapeDataString(next)}>; rel=\"next\"";
        }
        return TypedResults.Ok(new PageDto<AgentRunDto> { Items = [.. page.Runs.Select(run => run.ToDto())], Next = page.Next });
    }

    private static async Task<IResult> Get(Guid id, Caller caller, AgentRuns runs, AnswerStore answers, HttpContext http, CancellationToken ct) =>
        await runs.FindAsync(caller.ToOwner(), id, ct) is not { } run ? NotFound()
        : WantsEvents(http.Request) ? Stream(id, caller, runs, answers, http)
        : TypedResults.Ok(await CompleteAsync(run, caller, answers, ct));

    private static async Task<Results<Ok<AgentRunDto>, ProblemResult>> Decide(
        Guid id, AgentDecisionRequest request, Caller caller, AgentRuns runs, AnswerStore answers, CancellationToken ct)
    {
        var decided = TextRules.IsStorable(request.Hash) && await runs.DecideAsync(caller.ToOwner(), id, new(request.Step, request.Hash, request.Approve), ct);
        return await runs.FindAsync(caller.ToOwner(), id, ct) is not { } run ? NotFound()
            : decided ? TypedResults.Ok(await CompleteAsync(run, caller, answers, ct))
            : new ProblemResult(new Problem(ProblemCatalogue.Conflict)
            {
                Detail = "No call with this step and hash waits for a decision, or its time is over. Look at the run: what waits is in 'approval'.",
            });
    }

    private static async Task<Results<Ok<AgentRunDto>, ProblemResult>> Stop(Guid id, Caller caller, AgentRuns runs, AnswerStore answers, CancellationToken ct)
    {
        await runs.StopAsync(caller.ToOwner(), id, ct);
        return await runs.FindAsync(caller.ToOwner(), id, ct) is { } run ? TypedResults.Ok(await CompleteAsync(run, caller, answers, ct)) : NotFound();
    }

    private static EventStreamResult Stream(Guid id, Caller caller, AgentRuns runs, AnswerStore answers, HttpContext http) => new(
        stop => AgentStream.ReadAsync(
            runs.WatchAsync(caller.ToOwner(), id, stop),
            run => answers.FindAsync(caller.Tenant, caller.Principals, caller.User, run, stop),
            run => new(AgentEventNames.Error, AgentRules.Describe(run).ToDto(http)), stop),
        // A run may wait for a person for hours. Whoever follows it goes on in another process.
        endless: true);

    private static async Task<AgentRunDto> CompleteAsync(AgentRun run, Caller caller, AnswerStore answers, CancellationToken ct) =>
        run.ToDto(run.State == AgentRunState.Completed ? await answers.FindAsync(caller.Tenant, caller.Principals, caller.User, run.Id, ct) : null);

    private static ProblemResult NotFound() => new(Problem.NotFound("There is no run with this id."));

    private static bool WantsEvents(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains(EventStreamResult.MediaType, StringComparison.OrdinalIgnoreCase);
}
