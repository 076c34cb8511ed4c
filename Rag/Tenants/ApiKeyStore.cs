using AiApp.Rag.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AiApp.Rag.Tenants;

/// <summary>Tenants and their keys.</summary>
public sealed class ApiKeyStore(IDbContextFactory<AiAppDbContext> contexts, TimeProvider clock)
{
    // A key in use would otherwise write on every request.
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    /// <summary>By the public part of a key, which is unique over all tenants: it is what tells the tenant.</summary>
    public async Task<ApiKey?> FindAsync(string id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(key => key.Id == id, ct);
    }

    public async Task<IReadOnlyList<(ApiKey Key, string Tenant)>> ListAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var rows = await context.ApiKeys.AsNoTracking()
            .Join(context.Tenants, key => key.TenantId, tenant => tenant.TenantId, (key, tenant) => new { key, tenant.Name })
            .OrderBy(row => row.Name).ThenBy(row => row.key.CreatedAt)
            .ToListAsync(ct);
        return [.. rows.Select(row => (row.key, row.Name))];
    }

    public async Task AddAsync(ApiKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        context.ApiKeys.Add(key);
        await context.SaveChangesAsync(ct);
    }

    /// <summary>False when there is no such key; revoking twice keeps the first instant.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        return await context.ApiKeys.Where(key => key.Id == id)
            .ExecuteUpdateAsync(key => key.SetProperty(k => k.RevokedAt, k => k.RevokedAt ?? now), ct) > 0;
    }

    public async Task RecordUseAsync(ApiKey key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var stale = now - UseResolution;
        if (key.LastUsedAt > stale)
        {
            return;
        }
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.ApiKeys
            .Where(k => k.TenantId == key.TenantId && k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt <= stale))
            .ExecuteUpdateAsync(k => k.SetProperty(row => row.LastUsedAt, now), ct);
    }

    public async Task<TenantId> FindOrAddTenantAsync(string name, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        if (await FindTenantAsync(context, name, ct) is { } found)
        {
            return found;
        }
        var tenant = new Tenant { Name = name };
        context.Tenants.Add(tenant);
        try
        {
            await context.SaveChangesAsync(ct);
            return new TenantId(tenant.TenantId);
        }
        catch (DbUpdateException raced) when (raced.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (await FindTenantAsync(context, name, ct))!.Value;
        }
    }

    public async Task<TenantId?> FindTenantAsync(string name, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await FindTenantAsync(context, name, ct);
    }

    private static async Task<TenantId?> FindTenantAsync(AiAppDbContext context, string name, CancellationToken ct) =>
        await context.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Name == name, ct) is { } tenant
            ? new TenantId(tenant.TenantId)
            : null;
}
