using System.Diagnostics;
using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Agents;

/// <summary>Runs as whoever asked sees them; those of others are absent.</summary>
public sealed class AgentStore(NpgsqlDataSource database)
{
    public async Task<Guid> AddAsync(AgentTask task, TimeProvider clock, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var batch = database.ReadAs(new Owner(task.Tenant, task.AskedBy, task.Principals)).Append(AgentSql.Add,
            task.Tenant, id, task.AskedBy, task.ApiKey, task.Principals.ToArray(), task.Question, task.Collection, task.Limits.Steps,
            task.Limits.Seconds, task.Limits.Cost, Activity.Current?.Id);
        await batch.ExecuteNonQueryAsync(ct);
        return id;
    }

    public async Task<AgentRun?> FindAsync(Owner owner, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(AgentSql.Find, owner.Tenant, id).Append(AgentSql.ListSteps, owner.Tenant, id);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }
        var run = AgentRows.ReadRun(reader, owner.Tenant, id);
        await reader.NextResultAsync(ct);
        var steps = new List<AgentStep>();
        while (await reader.ReadAsync(ct))
        {
            steps.Add(AgentRows.ReadStep(reader));
        }
        return run with { Steps = steps };
    }

    /// <summary>Newest first, without their steps.</summary>
    public async Task<AgentRunPage> ListAsync(Owner owner, string? cursor, int limit, CancellationToken ct)
    {
        var start = PageCursor.Parse(cursor);
        await using var batch = database.ReadAs(owner).Append(AgentSql.List, owner.Tenant, owner.User, start.At, start.Id, limit + 1);
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        var found = new List<AgentRun>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(AgentRows.ReadRun(reader, owner.Tenant, reader.GetGuid(15)));
        }
        var runs = found.Take(limit).ToList();
        return new(runs, found.Count > limit ? new PageCursor(runs[^1].CreatedAt, runs[^1].Id).ToString() : null);
    }

    /// <summary>False when there is no such call waiting for this very decision: another hash, another state, too late.</summary>
    public async Task<bool> DecideAsync(Owner owner, Guid id, AgentDecision decision, TimeSpan holds, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(AgentSql.Decide,
            owner.Tenant, id, decision.Step, decision.Hash, decision.Approve ? "approved" : "declined", owner.Principals.ToArray(), holds);
        return await HasRowAsync(batch, ct);
    }

    /// <summary>False when it is over already, or absent.</summary>
    public async Task<bool> StopAsync(Owner owner, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(owner).Append(AgentSql.Stop, owner.Tenant, id)
            .Append(AgentSql.CutOff, owner.Tenant, id).Append(AgentSql.ForgetTexts, owner.Tenant, id);
        return await HasRowAsync(batch, ct);
    }

    private static async Task<bool> HasRowAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsOwnerAsync(ct);
        return await reader.ReadAsync(ct);
    }
}

/// <summary><paramref name="Next"/> is the cursor of the following page, null on the last.</summary>
public sealed record AgentRunPage(IReadOnlyList<AgentRun> Runs, string? Next);

/// <summary>What a person decided about a call, and the hash of what was shown to them.</summary>
public sealed record AgentDecision(int Step, string Hash, bool Approve);
