using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace AiApp.Rag.Storage;

/// <summary>Without Redis everything works, slower: degraded, which still is ready.</summary>
internal sealed class RedisHealthCheck(RedisConnection redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!redis.IsConfigured)
        {
            return HealthCheckResult.Healthy();
        }
        try
        {
            if (await redis.FindAsync(cancellationToken) is { } database)
            {
                await database.PingAsync().WaitAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException or OperationCanceledException)
        {
            // Said by the result.
        }
        return HealthCheckResult.Degraded();
    }
}
