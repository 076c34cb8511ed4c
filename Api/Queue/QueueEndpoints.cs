using System.Runtime.CompilerServices;
using AiApp.Api.Auth;
using AiApp.Api.Documents;
using AiApp.Api.Http;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Queue;

internal static class QueueEndpoints
{
    private const int MaxReasonLength = 500;

    public static void MapQueue(this IEndpointRouteBuilder endpoints)
    {
        var queue = endpoints.MapGroup("/queue").WithTags("Queue");
        queue.MapGet("/", GetQueue).WithName("GetQueue")
            .WithSummary("What waits, runs and is tried again, how fast it goes, and when it will be done.")
            .WithDescription("Of documents that the caller may not read nothing is counted. The forecast rests on the throughput of the last five "
                + "minutes; 'reason' says why there is none.")
            .WithExample(null, QueueMapping.Example);
        queue.MapGet("/events", WatchQueue).WithName("WatchQueue")
            .WithSummary("The queue as it changes, as server-sent events named 'queue': the present state first, then at most one a second. Never ends by itself.")
            .Produces<QueueDto>(200, EventStreamResult.MediaType)
            .WithExample(null, QueueMapping.Example);
        queue.MapPost("/pause", PauseQueue).WithName("PauseQueue")
            .WithSummary("Begins no more jobs of the tenant; what runs is finished, uploads are still taken.")
            .WithDescription("Every key of the tenant may do this. A pause within a pause keeps the instant of the first.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(new PauseRequest { Reason = "The embedding model is being moved." }, QueueMapping.Example);
        queue.MapPost("/resume", ResumeQueue).WithName("ResumeQueue")
            .WithSummary("Ends a pause; without one nothing changes.")
            .WithExample(null, QueueMapping.Example with { Paused = null });
        queue.MapPost("/cancel", CancelQueue).WithName("CancelQueue")
            .WithSummary("Calls back every upload that is queued or being ingested, of all collections or of one.")
            .WithDescription("As for a single document: with an older version it is ready again with that version, without one it is cancelled.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(new CancelRequest { Collection = "handbook" }, new CancelledDto { Cancelled = 412 });
        queue.MapPost("/retry", RetryQueue).WithName("RetryQueue")
            .WithSummary("Puts every failed document back into the queue, of all collections or of one, whatever it failed with or with one code.")
            .WithDescription("As for a single document. They wait behind what somebody has just uploaded.")
            .ProducesProblems(ProblemCatalogue.Validation)
            .WithExample(new RetryRequest { Code = ProblemCodes.ProviderBadOutput }, new RetriedDto { Retried = 38 });
    }

    private static async Task<Ok<QueueDto>> GetQueue(Caller caller, QueueStore store, CancellationToken ct) =>
        TypedResults.Ok((await store.SummarizeAsync(caller.Tenant, caller.Principals, ct)).ToDto());

    private static EventStreamResult WatchQueue(Caller caller, QueueFeed feed) =>
        new EventStreamResult(stop => ReadChangesAsync(feed.WatchAsync(caller.Tenant, caller.Principals, stop), stop), endless: true);

    private static async Task<Results<Ok<QueueDto>, ProblemResult>> PauseQueue(
        PauseRequest request, Caller caller, QueueStore store, CancellationToken ct)
    {
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        if (reason is not null && (reason.Length > MaxReasonLength || !TextRules.IsStorable(reason)))
        {
            return new ProblemResult(Problem.Invalid("reason", $"A reason has at most {MaxReasonLength} characters, none of them NUL."));
        }
        await store.PauseAsync(caller.Tenant, caller.Principals, caller.User, reason, ct);
        return await GetQueue(caller, store, ct);
    }

    private static async Task<Ok<QueueDto>> ResumeQueue(Caller caller, QueueStore store, CancellationToken ct)
    {
        await store.ResumeAsync(caller.Tenant, caller.Principals, ct);
        return await GetQueue(caller, store, ct);
    }

    private static async Task<Results<Ok<CancelledDto>, ProblemResult>> CancelQueue(
        CancelRequest request, Caller caller, QueueStore store, CancellationToken ct) =>
        TextRules.CheckCollection(request.Collection) is { } problem
            ? new ProblemResult(problem)
            : TypedResults.Ok(new CancelledDto { Cancelled = await store.CancelAsync(caller.Tenant, caller.Principals, request.Collection, ct) });

    private static async Task<Results<Ok<RetriedDto>, ProblemResult>> RetryQueue(
        RetryRequest request, Caller caller, QueueStore store, CancellationToken ct) =>
        (TextRules.CheckCollection(request.Collection) ?? RetryRules.Check(request.From)) is { } problem
            ? new ProblemResult(problem)
            : TypedResults.Ok(new RetriedDto
            {
                Retried = await store.RetryAsync(
                    caller.Tenant, caller.Principals, new(request.Collection, request.Code, RetryRules.ReadsAnew(request.From)), ct),
            });

    private static async IAsyncEnumerable<ServerEvent> ReadChangesAsync(
        IAsyncEnumerable<QueueSummary> changes, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var summary in changes.WithCancellation(ct))
        {
            yield return new("queue", summary.ToDto());
        }
    }
}
