using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>The newest upload of a document, as far as it can be compared with a file.</summary>
public sealed record KnownFile(Guid DocumentId, string Collection, string SourceUri, string Sha256, long SizeBytes, DocumentStatus Status);

/// <summary>Documents by path and by bytes, for whoever wants to know what an upload would do.</summary>
public sealed class KnownFileStore(NpgsqlDataSource database)
{
    /// <summary>By normalised path.</summary>
    public async Task<IReadOnlyDictionary<string, KnownFile>> FindByPathAsync(
        TenantId tenant, PrincipalSet principals, string collection, IEnumerable<string> sourceUris, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals)
            .Append(KnownFileSql.FindByPath, tenant, principals.ToArray(), collection, sourceUris.ToArray());
        return (await ListAsync(batch, ct)).ToDictionary(file => file.SourceUri, StringComparer.Ordinal);
    }

    /// <summary>By hash in upper-case hexadecimal digits; of several documents with the same bytes the oldest.</summary>
    public async Task<IReadOnlyDictionary<string, KnownFile>> FindByContentAsync(
        TenantId tenant, PrincipalSet principals, IEnumerable<byte[]> hashes, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(KnownFileSql.FindByContent, tenant, principals.ToArray(), hashes.ToArray());
        return (await ListAsync(batch, ct)).ToDictionary(file => file.Sha256, StringComparer.Ordinal);
    }

    private static async Task<List<KnownFile>> ListAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var files = new List<KnownFile>();
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            files.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), Convert.ToHexString(reader.GetFieldValue<byte[]>(3)),
                reader.GetInt64(4), Enum.Parse<DocumentStatus>(reader.GetString(5), ignoreCase: true)));
        }

        return files;
    }
}
