using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Sources;

internal static class SourceRunEndpoints
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static void MapSourceRuns(this IEndpointRouteBuilder sources)
    {
        sources.MapPost("/{id:guid}/run", Run).WithName("RunSource")
            .WithSummary("Asks for a run now, or right after the one under way; also of a source that is disabled.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, SourceExamples.Source);
        sources.MapPost("/{id:guid}/confirm", Confirm).WithName("ConfirmSource")
            .WithSummary("Lets the deletions go that the last run held.")
            .WithDescription("A run that would delete more than half of a source's documents, at least ten, or all of them, holds its deletions. "
                + "Confirmed are as many as the report says: more would be held again. With 'deletions', the number that somebody has seen, "
                + "nothing is confirmed when the last run held another number.")
            .ProducesProblems(ProblemCatalogue.NotFound, ProblemCatalogue.Conflict)
            .WithExample(null, new SourceConfirmationDto { Deletions = 61 });
        sources.MapPost("/{id:guid}/enable", Enable).WithName("EnableSource")
            .WithSummary("Runs a source by its interval again, at once at first.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, SourceExamples.Source);
        sources.MapPost("/{id:guid}/disable", Disable).WithName("DisableSource")
            .WithSummary("Lets a source rest; its documents stay as they are.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, SourceExamples.Source with { Enabled = false, State = SourceStates.Disabled });
        sources.MapGet("/{id:guid}/runs", ListRuns).WithName("ListSourceRuns")
            .WithSummary("What became of a source's runs, newest first, with the first hundred problems of each.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.NotFound)
            .WithExample(null, new SourceRunsDto { Items = [SourceExamples.Run], NextRunAt = SourceExamples.Source.NextRunAt });
    }

    private static async Task<Results<Ok<SourceDto>, ProblemResult>> Run(Guid id, Caller caller, SourceStore store, CancellationToken ct) =>
        Answer(await store.RequestRunAsync(caller.Tenant, caller.Principals, id, ct));

    private static async Task<Results<Ok<SourceDto>, ProblemResult>> Enable(Guid id, Caller caller, SourceStore store, CancellationToken ct) =>
        Answer(await store.SetEnabledAsync(caller.Tenant, caller.Principals, id, true, ct));

    private static async Task<Results<Ok<SourceDto>, ProblemResult>> Disable(Guid id, Caller caller, SourceStore store, CancellationToken ct) =>
        Answer(await store.SetEnabledAsync(caller.Tenant, caller.Principals, id, false, ct));

    private static async Task<Results<Ok<SourceConfirmationDto>, ProblemResult>> Confirm(
        Guid id, int? deletions, Caller caller, SourceStore store, CancellationToken ct)
    {
        if (await store.ConfirmAsync(caller.Tenant, caller.Principals, id, deletions, ct) is { } confirmed)
        {
            return TypedResults.Ok(new SourceConfirmationDto { Deletions = confirmed });
        }
        return await store.FindAsync(caller.Tenant, caller.Principals, id, ct) switch
        {
            null => SourceEndpoints.Absent(),
            { LastRun.Counts.Held: > 0 and var held } => new ProblemResult(new(ProblemCatalogue.Conflict)
            {
                Detail = $"{held:N0} deletions are held by now, not {deletions:N0}: look again.",
            }),
            _ => new ProblemResult(new(ProblemCatalogue.Conflict) { Detail = "The last run held no deletions: there is nothing to confirm." }),
        };
    }

    private static async Task<Results<Ok<SourceRunsDto>, ProblemResult>> ListRuns(
        Guid id, int? limit, Caller caller, SourceStore store, CancellationToken ct)
    {
        if (limit is < 1 or > MaxLimit)
        {
            return new ProblemResult(Problem.Invalid("limit", $"This must be between 1 and {MaxLimit}."));
        }
        if (await store.FindAsync(caller.Tenant, caller.Principals, id, ct) is not { } source)
        {
            return SourceEndpoints.Absent();
        }
        var runs = await store.ListRunsAsync(caller.Tenant, caller.Principals, id, limit ?? DefaultLimit, ct);
        return TypedResults.Ok(new SourceRunsDto { Items = [.. runs.Select(run => run.ToDto())], NextRunAt = source.NextRunAt });
    }

    private static Results<Ok<SourceDto>, ProblemResult> Answer(Source? source) =>
        source is null ? SourceEndpoints.Absent() : TypedResults.Ok(source.ToDto());
}
