using System.Diagnostics;
using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Agents;

/// <summary>Runs as whoever asked sees them; those of others are absent.</summary>
public sealed class AgentStore(NpgsqlDataSource database)
{
    public async Task<Guid> AddAsync(AgentTask task, TimeProvider clock, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var batch = For(task.Tenant, task.Principals, task.AskedBy).Append(AgentSql.Add,
            task.Tenant, id, task.AskedBy, task.ApiKey, task.Principals.ToArray(), task.Question, task.Collection, task.Limits.Steps,
            task.Limits.Seconds, task.Limits.Cost, Activity.Current?.Id);
        await batch.ExecuteNonQueryAsync(ct);
        return id;
    }

    public async Task<AgentRun?> FindAsync(TenantId tenant, PrincipalSet principals, string askedBy, Guid id, CancellationToken ct)
    {
        await using var batch = For(tenant, principals, askedBy).Append(AgentSql.Find, tenant, id).Append(AgentSql.ListSteps, tenant, id);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var run = AgentRows.ReadRun(reader, tenant, id);
        await reader.NextResultAsync(ct);
        var steps = new List<AgentStep>();
        while (await reader.ReadAsync(ct))
        {
            steps.Add(AgentRows.ReadStep(reader));
        }
        return run with { Steps = steps };
    }

    /// <summary>Newest first, without their steps.</summary>
    public async Task<AgentRunPage> ListAsync(TenantId tenant, PrincipalSet principals, string askedBy, string? cursor, int limit, CancellationToken ct)
    {
        var start = PageCursor.Parse(cursor);
        await using var batch = For(tenant, principals, askedBy).Append(AgentSql.List, tenant, askedBy, start.At, start.Id, limit + 1);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.NextResultAsync(ct);
        var found = new List<AgentRun>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(AgentRows.ReadRun(reader, tenant, reader.GetGuid(15)));
        }
        var runs = found.Take(limit).ToList();
        return new(runs, found.Count > limit ? new PageCursor(runs[^1].CreatedAt, runs[^1].Id).ToString() : null);
    }

    /// <summary>False when there is no such call waiting for this very decision: another hash, another state, too late.</summary>
    public async Task<bool> DecideAsync(
        TenantId tenant, PrincipalSet principals, string askedBy, Guid id, AgentDecision decision, TimeSpan holds, CancellationToken ct)
    {
        await using var batch = For(tenant, principals, askedBy).Append(AgentSql.Decide,
            tenant, id, decision.Step, decision.Hash, decision.Approve ? "approved" : "declined", principals.ToArray(), holds);
        return await HasRowAsync(batch, ct);
    }

    /// <summary>False when it is over already, or absent.</summary>
    public async Task<bool> StopAsync(TenantId tenant, PrincipalSet principals, string askedBy, Guid id, CancellationToken ct)
    {
        await using var batch = For(tenant, principals, askedBy).Append(AgentSql.Stop, tenant, id).Append(AgentSql.ForgetTexts, tenant, id);
        return await HasRowAsync(batch, ct);
    }

    private NpgsqlBatch For(TenantId tenant, PrincipalSet principals, string askedBy) =>
        database.ReadAs(tenant, principals).Append(AgentSql.SetOwner, askedBy);

    private static async Task<bool> HasRowAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct);
    }
}

/// <summary><paramref name="Next"/> is the cursor of the following page, null on the last.</summary>
public sealed record AgentRunPage(IReadOnlyList<AgentRun> Runs, string? Next);

/// <summary>What a person decided about a call, and the hash of what was shown to them.</summary>
public sealed record AgentDecision(int Step, string Hash, bool Approve);
