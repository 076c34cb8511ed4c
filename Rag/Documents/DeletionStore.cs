using AiApp.Rag.Access;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>Removes a document with everything that was made of it, in one transaction, and says what that was.</summary>
internal sealed class DeletionStore(NpgsqlDataSource database)
{
    /// <summary>Null when absent.</summary>
    public async Task<DeletionReceipt?> DeleteAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var removal = new NpgsqlBatch(connection, transaction);
        removal.AppendCaller(tenant, principals)
            .Append(DeletionSql.Lock, tenant, principals.ToArray(), id)
            .Append(JobSql.Cancel, tenant, new[] { id })
            .Append(PublishSql.SubtractStatistics, tenant, new[] { id })
            .Append(DeletionSql.DeleteVectors, tenant, id)
            .Append(DeletionSql.DeleteLexicalEntries, tenant, id)
            .Append(DeletionSql.DeleteChunks, tenant, id)
            .Append(DeletionSql.DeleteVersions, tenant, id)
            .Append(DeletionSql.Remember, tenant, id)
            .Append(DeletionSql.Delete, tenant, id);
        // Without the document the rest must not be committed.
        if (await ReadRemovalAsync(removal, id, ct) is not var (receipt, hashes))
        {
            return null;
        }

        await using var release = new NpgsqlBatch(connection, transaction);
        release.AppendCaller(tenant, principals)
            .Append(DeletionSql.ListShared, tenant, principals.ToArray(), hashes)
            .Append(DeletionSql.ReleaseContents, tenant, hashes)
            .Append(DeletionSql.Notify, tenant, id);
        var complete = await ReadReleaseAsync(release, receipt, ct);
        await transaction.CommitAsync(ct);
        return complete;
    }

    /// <summary>Results: the document, its job, the vectors, the lexical entries, the chunks, the versions. Statements without rows have none.</summary>
    private static async Task<(DeletionReceipt Receipt, byte[][] Hashes)?> ReadRemovalAsync(NpgsqlBatch batch, Guid id, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var newest = reader.GetFieldValue<byte[]>(0);
        var (collection, sourceUri, deletedAt) = (reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3));
        await reader.NextResultAsync(ct);
        var jobCancelled = await reader.ReadAsync(ct);
        var vectors = await ListAsync(reader, () => new DeletedVectors(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)), ct);
        var lexicalEntries = await ListAsync(reader, () => reader.GetInt64(0), ct);
        var chunks = await ListAsync(reader, () => 1, ct);
        var versions = await ListAsync(reader, () => reader.GetFieldValue<byte[]>(0), ct);
        // Errors of the later statements surface here.
        while (await reader.NextResultAsync(ct))
        {
        }

        byte[][] hashes = [.. versions.Append(newest).DistinctBy(Convert.ToHexString)];
        return (new DeletionReceipt
        {
            DocumentId = id,
            Collection = collection,
            SourceUri = sourceUri,
            Versions = versions.Count,
            Chunks = chunks.Count,
            LexicalEntries = lexicalEntries[0],
            Vectors = vectors,
            Files = hashes.Length,
            FilesKept = 0,
            FileBytes = 0,
            JobCancelled = jobCancelled,
            DeletedAt = deletedAt,
        }, hashes);
    }

    private static async Task<DeletionReceipt> ReadReleaseAsync(NpgsqlBatch batch, DeletionReceipt receipt, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            shared.Add(Convert.ToHexString(reader.GetFieldValue<byte[]>(0)));
        }

        var released = await ListAsync(reader, () => (Hash: Convert.ToHexString(reader.GetFieldValue<byte[]>(0)), Bytes: reader.GetInt64(1)), ct);
        return receipt with
        {
            FilesKept = shared.Count,
            FileBytes = released.Where(file => !shared.Contains(file.Hash)).Sum(file => file.Bytes),
        };
    }

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader reader, Func<T> read, CancellationToken ct)
    {
        var rows = new List<T>();
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read());
        }

        return rows;
    }
}
