using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>What a tenant, or a part of it, may spend on models in a period. Costs are nanodollars.</summary>
public sealed record Budget
{
    /// <summary>tenant, user, key, release or job.</summary>
    public required string Scope { get; init; }

    /// <summary>Which user, key, release or job; empty for the tenant.</summary>
    public required string Subject { get; init; }

    /// <summary>day, month or total.</summary>
    public required string Period { get; init; }
    public required long Limit { get; init; }
    public required long Spent { get; init; }

    /// <summary>By calls that are under way, at their worst price.</summary>
    public required long Reserved { get; init; }

    /// <summary>Null for a total.</summary>
    public DateTimeOffset? RenewsAt { get; init; }
}

public sealed class BudgetStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<Budget>> ListAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(BudgetSql.List, tenant);
        return await ReadAsync(batch, ct);
    }

    /// <summary>Those that bear the calls of this user with this key.</summary>
    public async Task<IReadOnlyList<Budget>> ListBearingAsync(CostBearer bearer, PrincipalSet principals, CancellationToken ct)
    {
        await using var batch = database.ReadAs(bearer.Tenant, principals).Append(BudgetSql.ListBearing, bearer.Tenant, bearer.User, bearer.ApiKey);
        return await ReadAsync(batch, ct);
    }

    private static async Task<IReadOnlyList<Budget>> ReadAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var budgets = new List<Budget>();
        while (await reader.ReadAsync(ct))
        {
            budgets.Add(new()
            {
                Scope = reader.GetString(0),
                Subject = reader.GetString(1),
                Period = reader.GetString(2),
                Limit = reader.GetInt64(3),
                Spent = reader.GetInt64(4),
                Reserved = reader.GetInt64(5),
                RenewsAt = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
            });
        }
        return budgets;
    }

    /// <summary>In the worker's role only: a tenant's callers do not set their own budgets.</summary>
    public async Task SetAsync(TenantId tenant, string scope, string subject, string period, long limit, CancellationToken ct)
    {
        await using var command = database.Statement(BudgetSql.Set, tenant, scope, subject, period, limit);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether there was one.</summary>
    public async Task<bool> RemoveAsync(TenantId tenant, string scope, string subject, CancellationToken ct)
    {
        await using var command = database.Statement(BudgetSql.Remove, tenant, scope, subject);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }
}
