using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Caching;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Caching;

/// <summary>Redis for tests of what is found there: a part of it to themselves, and waited for longer than any operator may allow.</summary>
internal static class PatientRedis
{
    private const int TimeoutMs = 30_000;

    // Tenants of two databases have the same numbers: each Api has a part of Redis to itself, and the first is that of other tests.
    private static int _last;

    public static string NewPart() => $"{TestServers.Redis},defaultDatabase={1 + (Interlocked.Increment(ref _last) % 15)},syncTimeout=60000";

    /// <summary>The first access pays for connecting, and a machine that stands still for a second is no failure of Redis.</summary>
    public static async Task ConnectAsync(IServiceProvider services)
    {
        services.GetRequiredService<IOptions<CacheOptions>>().Value.TimeoutMs = TimeoutMs;
        await services.GetRequiredService<RedisConnection>().FindAsync(CancellationToken.None);
    }
}
