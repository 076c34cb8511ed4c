using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Api.Operations;
using AiApp.Api.Problems;
using AiApp.Contracts;
using AiApp.Rag.Caching;
using AiApp.Rag.Operations;
using AiApp.Rag.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace AiApp.Api.Cache;

internal static class CacheEndpoints
{
    public static IHostApplicationBuilder AddCacheKey(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPostConfigureOptions<CacheOptions>, CacheKeySetup>();
        return builder;
    }

    public static void MapCache(this IEndpointRouteBuilder endpoints)
    {
        var cache = endpoints.MapGroup("/cache").WithTags("Cache");
        cache.MapGet("/", GetReport).WithName("GetCacheReport")
            .WithSummary("What the cache of answers did: look-ups by result, what they saved, and how often an answer given again differed from a new one.")
            .WithDescription("Of the last 24 hours when no range is given, of at most 92 days. 'falseHits' rests on the share Cache:ShadowShare of the answers "
                + "given again, which are written anew as well, unseen; a model that words things otherwise each time makes it too high, never too low.")
            .ProducesProblems(ProblemCatalogue.Validation, ProblemCatalogue.Forbidden)
            .WithExample(null, CacheExamples.Report);
        cache.MapPost("/clear", Clear).WithName("ClearCache")
            .WithSummary("Forgets everything cached for the caller's tenant.")
            .WithDescription("Never needed for fresh answers; 'available' is false when there is no Redis, and then nothing is cached.")
            .WithExample(null, new CacheClearedDto { Available = true, RemovedCount = 42 });
    }

    private static async Task<Results<Ok<CacheReportDto>, ProblemResult>> GetReport(
        DateTimeOffset? from, DateTimeOffset? to, Caller caller, CacheReportStore store, IOptions<OperationsOptions> options, TimeProvider clock, CancellationToken ct)
    {
        var (range, wrong) = OperationsRules.Read(from, to, clock);
        return (OperationsRules.CheckReader(caller, options.Value) ?? wrong) is { } problem
            ? new ProblemResult(problem)
            : TypedResults.Ok((await store.ReadAsync(caller.Tenant, caller.Principals, range, ct)).ToDto());
    }

    private static async Task<Ok<CacheClearedDto>> Clear(Caller caller, RedisCacheStore store, CancellationToken ct)
    {
        var removed = await store.ClearAsync(caller.Tenant, ct);
        return TypedResults.Ok(new CacheClearedDto { Available = removed is not null, RemovedCount = removed ?? 0 });
    }
}
