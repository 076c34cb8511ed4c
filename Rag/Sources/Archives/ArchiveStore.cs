using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Sources.Archives;

/// <summary>Documents made of uploaded archives, which a later archive may take away again.</summary>
public sealed class ArchiveStore(NpgsqlDataSource database, DocumentStore documents)
{
    /// <summary>Null when the path is taken. A document that was there before is replaced, and does not become the archive's.</summary>
    public async Task<AddedDocument?> AddAsync(TenantId tenant, PrincipalSet principals, NewDocument document, CancellationToken ct)
    {
        var there = await FindAsync(tenant, principals, document, ct);
        var added = await documents.AddAsync(tenant, principals, document, ct);
        if (added is not null && there is null)
        {
            await using var batch = database.ReadAs(tenant, principals).Append(ArchiveSql.Add, tenant, added.DocumentId);
            await batch.ExecuteNonQueryAsync(ct);
        }
        return added;
    }

    /// <summary>Deletes what archives have made below the prefix and is not among these source URIs, unless it looks like an accident.</summary>
    public async Task<(int Deleted, int Held)> DeleteOthersAsync(
        TenantId tenant, PrincipalSet principals, string collection, string prefix, IReadOnlySet<string> present, int? confirmed, CancellationToken ct)
    {
        var made = await ListAsync(tenant, principals, collection, prefix, ct);
        var gone = made.Where(document => !present.Contains(document.SourceUri)).ToList();
        if (DeletionGuard.Holds(gone.Count, made.Count, present.Count, confirmed))
        {
            return (0, gone.Count);
        }
        foreach (var (id, _) in gone)
        {
            await documents.DeleteAsync(tenant, principals, id, ct);
        }
        return (gone.Count, 0);
    }

    private async Task<Guid?> FindAsync(TenantId tenant, PrincipalSet principals, NewDocument document, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals)
            .Append(ArchiveSql.FindDocument, tenant, principals.ToArray(), PostgresText.Clean(document.Collection), document.SourceUri);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }

    private async Task<List<(Guid Id, string SourceUri)>> ListAsync(
        TenantId tenant, PrincipalSet principals, string collection, string prefix, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(ArchiveSql.List, tenant, principals.ToArray(), PostgresText.Clean(collection), prefix);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var made = new List<(Guid, string)>();
        while (await reader.ReadAsync(ct))
        {
            made.Add((reader.GetGuid(0), reader.GetString(1)));
        }
        return made;
    }
}
