using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>Sources as their callers manage them: one whose readers do not include the caller is absent.</summary>
public sealed class SourceStore(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<Source>> ListAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(SourceSql.List, tenant);
        return await ReadAsync(batch, tenant, ct);
    }

    public async Task<Source?> FindAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(SourceSql.Find, tenant, id);
        return (await ReadAsync(batch, tenant, ct)).SingleOrDefault();
    }

    /// <summary>Null when the name is taken.</summary>
    public async Task<Source?> AddAsync(TenantId tenant, PrincipalSet principals, NewSource source, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals)
            .AppendReaderSet(tenant, principals, source.Readers)
            .Append(SourceSql.Add, tenant, source.Name, source.Settings.Kind, source.Settings.ToJson(), source.Readers.ToArray(),
                PostgresText.Clean(source.Collection), PrefixOf(source), (int)source.Interval.TotalSeconds, source.Enabled);
        return await ReadIdAsync(batch, ct) is { } id ? await FindAsync(tenant, principals, id, ct) : null;
    }

    /// <summary>Null when absent, of another kind, or being removed; the next run comes at once.</summary>
    /// <exception cref="PostgresException">Unique violation: the name is taken.</exception>
    public async Task<Source?> ReplaceAsync(TenantId tenant, PrincipalSet principals, Guid id, NewSource source, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals)
            .AppendReaderSet(tenant, principals, source.Readers)
            .Append(SourceSql.Replace, tenant, id, source.Name, source.Settings.Kind, source.Settings.ToJson(), source.Readers.ToArray(),
                (int)source.Interval.TotalSeconds, source.Enabled);
        return await ReadIdAsync(batch, ct) is not null ? await FindAsync(tenant, principals, id, ct) : null;
    }

    public Task<Source?> SetEnabledAsync(TenantId tenant, PrincipalSet principals, Guid id, bool enabled, CancellationToken ct) =>
        ChangeAsync(tenant, principals, id, SourceSql.SetEnabled, ct, enabled);

    /// <summary>A run comes at once, or right after the one that is under way.</summary>
    public Task<Source?> RequestRunAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct) =>
        ChangeAsync(tenant, principals, id, SourceSql.RequestRun, ct);

    /// <summary>Lets the deletions go that the last run held, and returns how many; null when it held none, or not <paramref name="seen"/>.</summary>
    public async Task<int?> ConfirmAsync(TenantId tenant, PrincipalSet principals, Guid id, int? seen, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(SourceSql.Confirm, tenant, id, seen);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await reader.ReadAsync(ct) ? reader.GetInt32(0) : null;
    }

    /// <summary>At once when its documents stay; else a worker deletes them first, and it is shown as being removed.</summary>
    public async Task RemoveAsync(TenantId tenant, PrincipalSet principals, Guid id, bool withDocuments, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals)
            .Append(withDocuments ? SourceSql.DeleteWithDocuments : SourceSql.Delete, tenant, id);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<SourceRun>> ListRunsAsync(TenantId tenant, PrincipalSet principals, Guid id, int limit, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(SourceSql.ListRuns, tenant, id, limit);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var runs = new List<SourceRun>();
        while (await reader.ReadAsync(ct))
        {
            runs.Add(SourceRows.ReadRun(reader));
        }
        return runs;
    }

    // A page has an address of its own. Elsewhere the name keeps two sources of a collection apart.
    private static string PrefixOf(NewSource source) => source.Settings is WebSettings ? "" : source.Name + "/";

    private async Task<Source?> ChangeAsync(
        TenantId tenant, PrincipalSet principals, Guid id, string statement, CancellationToken ct, params object?[] more)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(statement, [tenant, id, .. more]);
        await batch.ExecuteNonQueryAsync(ct);
        return await FindAsync(tenant, principals, id, ct);
    }

    /// <summary>Results: the caller once more, then the id.</summary>
    private static async Task<Guid?> ReadIdAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }

    private static async Task<List<Source>> ReadAsync(NpgsqlBatch batch, TenantId tenant, CancellationToken ct)
    {
        var sources = new List<Source>();
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            sources.Add(SourceRows.Read(tenant, reader));
        }
        return sources;
    }
}
