using AiApp.Rag.Access;
using AiApp.Rag.Operations;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Caching;

public sealed class CacheReportStore(NpgsqlDataSource database, CacheSwitch tenants)
{
    public async Task<CacheReport> ReadAsync(TenantId tenant, PrincipalSet principals, TimeRange range, CancellationToken ct)
    {
        var isEnabled = await tenants.IsOnAsync(tenant, ct);
        await using var batch = database.ReadAs(tenant, principals)
            .Append(CacheSql.Lookups, tenant, range.From, range.To)
            .Append(CacheSql.Shadows, tenant, range.From, range.To);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var lookups = new List<(string, long)>();
        var (savedMs, savedCost) = (0L, 0L);
        while (await reader.ReadAsync(ct))
        {
            lookups.Add((reader.GetString(0), reader.GetInt64(1)));
            savedMs += reader.GetInt64(2);
            savedCost += reader.GetInt64(3);
        }
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new()
        {
            Range = range,
            IsEnabled = isEnabled,
            Lookups = lookups,
            SavedTime = TimeSpan.FromMilliseconds(savedMs),
            SavedCost = savedCost,
            FalseHits = new(reader.GetInt64(0), reader.GetInt64(1)),
        };
    }
}
