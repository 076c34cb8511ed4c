using AiApp.Rag.Storage;
using AiApp.Rag.Telemetry;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>A source that this process runs. Whatever it writes is checked against <see cref="Token"/>.</summary>
internal sealed record ClaimedSource
{
    public required TenantId Tenant { get; init; }
    public required Guid Id { get; init; }
    public required Guid Token { get; init; }
    public required long RunId { get; init; }
    public required SourceSettings Settings { get; init; }
    public required string Collection { get; init; }
    public required string Prefix { get; init; }
    public required string[] Readers { get; init; }
    public required bool Removing { get; init; }
    public int? ConfirmedDeletions { get; init; }
}

/// <summary>How a run ended. <paramref name="Decided"/>: the listing was complete, so that deletions were made or held.</summary>
internal sealed record RunReport(RunOutcome Outcome, RunCounts Counts, IReadOnlyList<ItemProblem> Problems, bool Decided);

/// <summary>
/// Which sources are due, and who runs them. Methods that return false found that the lease is gone: the source belongs to
/// another worker, or is no more.
/// </summary>
internal sealed class SourceQueue(NpgsqlDataSource database, IOptions<SourcesOptions> options)
{
    // A source that is down is asked again soon, and then less and less often, up to its interval.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(4);
    private const int RunsKept = 100;

    public async Task<ClaimedSource?> ClaimAsync(CancellationToken ct)
    {
        await using var command = database.Statement(SourceQueueSql.ClaimNext, options.Value.Lease);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    public Task<bool> RenewAsync(ClaimedSource source, RunCounts counts, CancellationToken ct) =>
        ChangeAsync(SourceQueueSql.Renew, ct, source.Tenant, source.Id, source.Token, source.RunId, options.Value.Lease,
            counts.Listed, counts.Added, counts.Changed, counts.Unchanged, counts.Deleted, counts.Rejected, counts.Failed);

    public async Task<bool> FinishAsync(ClaimedSource source, RunReport report, CancellationToken ct)
    {
        var finished = await FinishAsync(source, report, FirstPause, ct);
        if (finished)
        {
            RagTelemetry.SourceRuns.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, SourceRows.Word(report.Outcome)));
        }
        return finished;
    }

    /// <summary>Gives the source back: at once when this process stops, after a pause when an outage stopped the run.</summary>
    public Task<bool> ReleaseAsync(ClaimedSource source, RunReport report, bool outage, CancellationToken ct) =>
        FinishAsync(source, report with { Outcome = RunOutcome.Interrupted }, outage ? OutagePause : TimeSpan.Zero, ct);

    public Task<bool> RemoveAsync(ClaimedSource source, CancellationToken ct) =>
        ChangeAsync(SourceQueueSql.Remove, ct, source.Tenant, source.Id, source.Token);

    public async Task<IReadOnlyList<(TenantId Tenant, Guid Id, FolderSettings Settings)>> ListWatchedAsync(CancellationToken ct)
    {
        var watched = new List<(TenantId, Guid, FolderSettings)>();
        await using var command = database.Statement(SourceQueueSql.ListWatched);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            watched.Add((new TenantId(reader.GetInt32(0)), reader.GetGuid(1), (FolderSettings)SourceSettings.Parse(reader.GetString(2))));
        }
        return watched;
    }

    public async Task HintAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var command = database.Statement(SourceQueueSql.Hint, tenant, id);
        await command.ExecuteNonQueryAsync(ct);
    }

    private Task<bool> FinishAsync(ClaimedSource source, RunReport report, TimeSpan pause, CancellationToken ct)
    {
        var counts = report.Counts;
        return ChangeAsync(SourceQueueSql.Finish, ct, source.Tenant, source.Id, source.Token, source.RunId, SourceRows.Word(report.Outcome),
            counts.Listed, counts.Added, counts.Changed, counts.Unchanged, counts.Deleted, counts.Rejected, counts.Failed, counts.Held,
            SourceRows.WriteProblems(report.Problems), report.Decided, source.ConfirmedDeletions, pause, RunsKept);
    }

    private async Task<bool> ChangeAsync(string statement, CancellationToken ct, params object?[] arguments)
    {
        await using var command = database.Statement(statement, arguments);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct);
    }

    private static ClaimedSource Read(NpgsqlDataReader reader) => new()
    {
        Tenant = new TenantId(reader.GetInt32(0)),
        Id = reader.GetGuid(1),
        Token = reader.GetGuid(2),
        RunId = reader.GetInt64(3),
        Settings = SourceSettings.Parse(reader.GetString(4)),
        Collection = reader.GetString(5),
        Prefix = reader.GetString(6),
        Readers = reader.GetFieldValue<string[]>(7),
        Removing = reader.GetBoolean(8),
        ConfirmedDeletions = reader.IsDBNull(9) ? null : reader.GetInt32(9),
    };
}
