using System.Collections.Concurrent;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Caching;

/// <summary>Which tenants have a cache. Every process follows within seconds.</summary>
public sealed class CacheSwitch(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<TenantId, (DateTimeOffset Until, bool IsOn, string Incarnation)> _known = new();

    /// <summary>The database's incarnation, or null when the tenant has no cache.</summary>
    internal async Task<string?> FindAsync(TenantId tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(tenant, out var known) || known.Until <= now)
        {
            var (isOn, incarnation) = await ReadAsync(tenant, ct);
            known = _known[tenant] = (now + Remembered, isOn, incarnation);
        }
        return known.IsOn ? known.Incarnation : null;
    }

    public async Task<bool> IsOnAsync(TenantId tenant, CancellationToken ct) => (await ReadAsync(tenant, ct)).IsOn;

    public async Task SetAsync(TenantId tenant, bool isOn, CancellationToken ct)
    {
        await using var command = database.Statement(CacheSql.SetSwitch, tenant, isOn);
        await command.ExecuteNonQueryAsync(ct);
        _known.TryRemove(tenant, out _);
    }

    private async Task<(bool IsOn, string Incarnation)> ReadAsync(TenantId tenant, CancellationToken ct)
    {
        await using var command = database.Statement(CacheSql.ReadSwitch, tenant);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetBoolean(0), reader.GetString(1)) : (false, "");
    }
}
