using AiApp.Rag.Tenants;
using StackExchange.Redis;

namespace AiApp.Rag.Storage;

/// <summary>Everything of a tenant that Redis holds for this application, and nothing else's.</summary>
public sealed class RedisCacheStore(RedisConnection redis)
{
    private const int PageSize = 500;

    /// <summary>Deletes the tenant's keys and returns how many there were; null when Redis is absent or out.</summary>
    public async Task<int?> ClearAsync(TenantId tenant, CancellationToken ct)
    {
        try
        {
            return await redis.FindAsync(ct) is { } database ? await ClearAsync(database, RedisConnection.KeyPrefix(tenant), ct) : null;
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            return null;
        }
    }

    // SCAN by Execute: IServer.Keys blocks, and KeysAsync is not in 1.2.6.
    private static async Task<int> ClearAsync(IDatabase database, string prefix, CancellationToken ct)
    {
        var removed = 0L;
        var cursor = "0";
        do
        {
            ct.ThrowIfCancellationRequested();
            var page = (RedisResult[]?)await database.ExecuteAsync("SCAN", cursor, "MATCH", prefix + "*", "COUNT", PageSize);
            cursor = (string?)page![0] ?? "0";
            var keys = (RedisKey[]?)page[1] ?? [];
            if (keys.Length > 0)
            {
                removed += await database.KeyDeleteAsync(keys);
            }
        }
        while (cursor != "0");
        return (int)removed;
    }
}
