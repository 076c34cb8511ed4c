using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Contracts;
using AiApp.Rag.Caching;
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

    public static void MapCache(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/cache/clear", Clear).WithTags("Cache").WithName("ClearCache")
            .WithSummary("Forgets everything cached for the caller's tenant.")
            .WithDescription("Never needed for fresh answers; 'available' is false when there is no Redis, and then nothing is cached.")
            .WithExample(null, new CacheClearedDto { Available = true, RemovedCount = 42 });

    private static async Task<Ok<CacheClearedDto>> Clear(Caller caller, RedisCacheStore store, CancellationToken ct)
    {
        var removed = await store.ClearAsync(caller.Tenant, ct);
        return TypedResults.Ok(new CacheClearedDto { Available = removed is not null, RemovedCount = removed ?? 0 });
    }
}
