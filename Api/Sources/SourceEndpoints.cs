using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace AiApp.Api.Sources;

internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder endpoints)
    {
        var sources = endpoints.MapGroup("/sources").WithTags("Sources");
        sources.MapGet("/", List).WithName("ListSources")
            .WithSummary("Sources that documents are kept in step with, by name.")
            .WithDescription("A source is seen and managed by those who may read its documents.")
            .WithExample(null, new SourceListDto { Items = [SourceExamples.Source] });
        sources.MapGet("/{id:guid}", Get).WithName("GetSource")
            .WithSummary("A source, its last run and when the next one comes.")
            .ProducesProblems(ProblemCatalogue.NotFound)
            .WithExample(null, SourceExamples.Source);
        sources.MapPost("/", Add).WithName("AddSource")
            .WithSummary("Makes a source when it can be listed; its first run comes at once.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Conflict, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia)
            .WithExample(SourceExamples.Request, SourceExamples.Source);
        sources.MapPost("/test", Test).WithName("TestSource")
            .WithSummary("Tries settings out by listing the first item, and makes nothing.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia)
            .WithExample(SourceExamples.Request, new SourceTestDto { FirstItem = "docs/annual-leave.md" });
        sources.MapPut("/{id:guid}", Replace).WithName("ReplaceSource")
            .WithSummary("Replaces a source's settings; the next run comes at once.")
            .WithDescription("Kind and collection stay as they were made. Documents that are there keep their readers and their places.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.NotFound, ProblemCatalogue.Conflict, ProblemCatalogue.TooLarge, ProblemCatalogue.UnsupportedMedia)
            .WithExample(SourceExamples.Request, SourceExamples.Source);
        sources.MapDelete("/{id:guid}", Remove).WithName("RemoveSource")
            .WithSummary("Removes a source; its documents stay unless 'documents' is true.")
            .WithDescription("With its documents it is shown as being removed until a worker has deleted them.")
            .ProducesProblems(ProblemCatalogue.NotFound);
        sources.MapSourceRuns();
        endpoints.MapArchives();
    }

    private static async Task<Ok<SourceListDto>> List(Caller caller, SourceStore store, CancellationToken ct) =>
        TypedResults.Ok(new SourceListDto { Items = [.. (await store.ListAsync(caller.Tenant, caller.Principals, ct)).Select(source => source.ToDto())] });

    private static async Task<Results<Ok<SourceDto>, ProblemResult>> Get(Guid id, Caller caller, SourceStore store, CancellationToken ct) =>
        await store.FindAsync(caller.Tenant, caller.Principals, id, ct) is { } source ? TypedResults.Ok(source.ToDto()) : Absent();

    private static async Task<Results<Created<SourceDto>, ProblemResult>> Add(
        SourceRequest request, Caller caller, SourceStore store, SourceTester tester, HttpContext context, CancellationToken ct)
    {
        var (wanted, problem) = SourceRules.Read(request, caller, DevelopmentAccess.IsLocal(context));
        if (wanted is null || (problem = await TryOutAsync(wanted.Settings, tester, ct)) is not null)
        {
            return new ProblemResult(problem!);
        }
        return await store.AddAsync(caller.Tenant, caller.Principals, wanted, ct) is { } source
            ? TypedResults.Created($"/api/sources/{source.Id}", source.ToDto())
            : NameTaken();
    }

    private static async Task<Results<Ok<SourceTestDto>, ProblemResult>> Test(
        SourceRequest request, Caller caller, SourceTester tester, HttpContext context, CancellationToken ct)
    {
        var (wanted, problem) = SourceRules.Read(request, caller, DevelopmentAccess.IsLocal(context));
        if (wanted is null)
        {
            return new ProblemResult(problem!);
        }
        var test = await tester.TestAsync(wanted.Settings, ct);
        return test.Problem is null ? TypedResults.Ok(new SourceTestDto { FirstItem = test.FirstItem }) : new ProblemResult(Refuse(wanted.Settings, test)!);
    }

    private static async Task<Results<Ok<SourceDto>, ProblemResult>> Replace(
        Guid id, SourceRequest request, Caller caller, SourceStore store, SourceTester tester, HttpContext context, CancellationToken ct)
    {
        var (wanted, problem) = SourceRules.Read(request, caller, DevelopmentAccess.IsLocal(context));
        if (wanted is null)
        {
            return new ProblemResult(problem!);
        }
        if (await store.FindAsync(caller.Tenant, caller.Principals, id, ct) is not { } known)
        {
            return Absent();
        }
        if (known.Settings.Kind != wanted.Settings.Kind || (request.Collection is not null && request.Collection != known.Collection))
        {
            return new ProblemResult(new(ProblemCatalogue.Conflict) { Detail = "Kind and collection of a source stay as they are: make another source." });
        }
        if ((problem = await TryOutAsync(wanted.Settings, tester, ct)) is not null)
        {
            return new ProblemResult(problem);
        }
        try
        {
            return await store.ReplaceAsync(caller.Tenant, caller.Principals, id, wanted, ct) is { } source ? TypedResults.Ok(source.ToDto()) : Absent();
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken();
        }
    }

    private static async Task<Results<NoContent, ProblemResult>> Remove(
        Guid id, bool? documents, Caller caller, SourceStore store, CancellationToken ct)
    {
        if (await store.FindAsync(caller.Tenant, caller.Principals, id, ct) is null)
        {
            return Absent();
        }
        await store.RemoveAsync(caller.Tenant, caller.Principals, id, documents ?? false, ct);
        return TypedResults.NoContent();
    }

    private static async Task<Problem?> TryOutAsync(SourceSettings settings, SourceTester tester, CancellationToken ct) =>
        Refuse(settings, await tester.TestAsync(settings, ct));

    private static Problem? Refuse(SourceSettings settings, SourceTest test)
    {
        if (test.Problem is not { } problem)
        {
            return null;
        }
        var kind = settings is AzureBlobSettings ? "azureBlob" : settings.Kind;
        return Problem.Invalid(test.Setting is { } setting ? $"{kind}.{setting}" : kind, problem.Item.Length > 0 ? $"{problem.Item}: {problem.Reason}" : problem.Reason);
    }

    private static ProblemResult NameTaken() => new Problem(ProblemCatalogue.Conflict) { Detail = "There is a source of this name: choose another." };

    internal static ProblemResult Absent() => Problem.NotFound("There is no source with this id.");
}
