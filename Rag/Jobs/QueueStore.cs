using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>Failed documents: of one collection or of all, with one code or with any.</summary>
public sealed record RetryChoice(string? Collection, string? Code, bool ReadAnew);

/// <summary>The queue in the hands of its tenant: how it stands, and how it is stopped. Workers use <see cref="JobQueue"/>.</summary>
public sealed class QueueStore(NpgsqlDataSource database)
{
    /// <summary>One transaction holds the locks of so many documents: others wait for a moment at most.</summary>
    private const int AtATime = 500;

    /// <summary>Calls back every upload that is queued or being ingested and that the caller may read; returns how many.</summary>
    public async Task<int> CancelAsync(TenantId tenant, PrincipalSet principals, string? collection, CancellationToken ct)
    {
        var cancelled = 0;
        Guid? last = Guid.Empty;
        while (last is { } after)
        {
            (last, var count) = await CancelPartAsync(tenant, principals, collection, after, ct);
            cancelled += count;
        }

        return cancelled;
    }

    /// <summary>Queues every failed document that the caller may read and that is chosen; returns how many.</summary>
    public async Task<int> RetryAsync(TenantId tenant, PrincipalSet principals, RetryChoice choice, CancellationToken ct)
    {
        var retried = 0;
        Guid? last = Guid.Empty;
        while (last is { } after)
        {
            await using var batch = database.ReadAs(tenant, principals).Append(
                QueueSql.Retry, tenant, principals.ToArray(), choice.Collection, choice.Code, (short)JobClass.Bulk, choice.ReadAnew, AtATime, after);
            var queued = await ListIdsAsync(batch, ct);
            retried += queued.Count;
            last = queued.Count == AtATime ? queued[^1] : null;
        }

        return retried;
    }

    /// <summary>What runs is finished, nothing more is begun. Paused again, the queue keeps the instant of its first pause.</summary>
    public async Task PauseAsync(TenantId tenant, PrincipalSet principals, string by, string? reason, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(QueueSql.Pause, tenant, PostgresText.Clean(by), reason);
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task ResumeAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(QueueSql.Resume, tenant);
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<QueueSummary> SummarizeAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        var names = principals.ToArray();
        await using var batch = database.ReadAs(tenant, principals)
            .Append(QueueSql.CountJobs, tenant, names)
            .Append(QueueSql.CountFailed, tenant, names)
            .Append(QueueSql.FindPause, tenant)
            .Append(QueueSql.CountCompleted, tenant, names, QueueForecast.SliceSeconds, QueueForecast.Slices);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await QueueRows.ReadAsync(reader, ct);
    }

    private async Task<(Guid? Last, int Count)> CancelPartAsync(
        TenantId tenant, PrincipalSet principals, string? collection, Guid after, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var locks = new NpgsqlBatch(connection, transaction);
        locks.AppendCaller(tenant, principals)
            .Append(QueueSql.LockQueued, tenant, principals.ToArray(), collection, after, AtATime);
        var locked = await ListIdsAsync(locks, ct);
        if (locked.Count == 0)
        {
            return (null, 0);
        }

        await using var cancel = new NpgsqlBatch(connection, transaction);
        cancel.AppendCaller(tenant, principals).Append(JobSql.Cancel, tenant, locked.ToArray());
        var cancelled = await ListIdsAsync(cancel, ct);
        await using var show = new NpgsqlBatch(connection, transaction);
        await show.AppendCaller(tenant, principals).Append(JobSql.ShowCancelled, tenant, cancelled.ToArray()).ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        JobQueue.Count("cancelled", cancelled.Count);
        return (locked[^1], cancelled.Count);
    }

    private static async Task<List<Guid>> ListIdsAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var ids = new List<Guid>();
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
