using System.Security.Cryptography;
using AiApp.Rag.Access;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>Documents, their versions and uploads. Outages surface as <see cref="NpgsqlException"/>.</summary>
public sealed class DocumentStore
{
    private readonly NpgsqlDataSource _database;
    private readonly DocumentFeed _feed;

    public DocumentStore(NpgsqlDataSource database)
        : this(database, new DocumentFeed(database, TimeProvider.System, NullLogger<DocumentFeed>.Instance))
    {
    }

    internal DocumentStore(NpgsqlDataSource database, DocumentFeed feed) => (_database, _feed) = (database, feed);

    /// <summary>Stores the bytes and queues one ingestion job, in one transaction; makes the collection when it is new.</summary>
    /// <exception cref="ArgumentException">The source URI cannot be normalised, see <see cref="SourceUri.TryNormalize"/>.</exception>
    public async Task<AddedDocument> AddAsync(TenantId tenant, NewDocument document, CancellationToken ct)
    {
        var sourceUri = SourceUri.Normalize(document.SourceUri);
        var hash = SHA256.HashData(document.Bytes.Span);
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var upsert = new NpgsqlBatch(connection, transaction);
        var collection = PostgresText.Clean(document.Collection);
        upsert.Append(DocumentSql.AddCollection, tenant, collection)
            .Append(DocumentSql.AddReaderSet, tenant, PrincipalSet.Everyone.Names.ToArray())
            .Append(DocumentSql.Add, tenant, collection, sourceUri, Path.GetFileName(sourceUri),
                PostgresText.Clean(document.MediaType), (long)document.Bytes.Length, hash, PrincipalSet.Everyone.Names.ToArray())
            .Append(DocumentSql.FindId, tenant, collection, sourceUri);
        var (id, changed) = await ReadUpsertAsync(upsert, ct);
        if (changed)
        {
            await using var queue = new NpgsqlBatch(connection, transaction);
            queue.Append(DocumentSql.AddContent, tenant, hash, document.Bytes)
                .Append(DocumentSql.AddJob, tenant, id, hash)
                .Append(DocumentSql.ForgetDeletion, tenant, id)
                .Append(DocumentSql.Notify, tenant, id);
            await queue.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return new AddedDocument(id, Unchanged: !changed);
    }

    public async Task<Document?> FindAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.Find, tenant, id);
        return (await DocumentRows.ListAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>Newest change first. <paramref name="cursor"/> is <see cref="DocumentPage.Next"/> of the page before; an unreadable one starts anew.</summary>
    public async Task<DocumentPage> ListAsync(TenantId tenant, DocumentStatus? status, string? cursor, int limit, CancellationToken ct)
    {
        var after = DocumentCursor.Parse(cursor);
        await using var command = status is null
            ? _database.Statement(DocumentSql.List, tenant, after.UpdatedAt, after.Id, limit + 1)
            : _database.Statement(DocumentSql.ListByStatus, tenant, after.UpdatedAt, after.Id, limit + 1, DocumentRows.Word(status.Value));
        var items = await DocumentRows.ListAsync(command, ct);
        if (items.Count <= limit)
        {
            return new DocumentPage(items, null);
        }

        items.RemoveAt(limit);
        return new DocumentPage(items, new DocumentCursor(items[^1].UpdatedAt, items[^1].Id).ToString());
    }

    public async Task<DocumentSummary> SummarizeAsync(TenantId tenant, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.Summarize, tenant);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new DocumentSummary(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4));
    }

    /// <summary>The named version, or the current one; null when there is none.</summary>
    public async Task<DocumentText?> FindTextAsync(TenantId tenant, Guid id, long? versionId, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.FindText, tenant, id, versionId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        return new DocumentText
        {
            DocumentId = id,
            VersionId = reader.GetInt64(0),
            VersionNumber = reader.GetInt32(1),
            NewestVersionNumber = reader.GetInt32(2),
            Title = reader.GetString(3),
            SourceUri = reader.GetString(4),
            ValidFrom = DocumentRows.Nullable<DateOnly>(reader, 5),
            ValidUntil = DocumentRows.Nullable<DateOnly>(reader, 6),
            Text = reader.GetString(7),
            Blocks = DocumentRows.ReadBlocks(reader.GetString(8)),
        };
    }

    /// <summary>Removes the document with its chunks, vectors, versions, bytes no other document uses, and its job. False when absent.</summary>
    public async Task<bool> DeleteAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var removal = new NpgsqlBatch(connection, transaction);
        removal.Append(DocumentSql.LockForDeletion, tenant, id)
            .Append(DocumentSql.ListVersionContents, tenant, id)
            .Append(IngestionSql.SubtractStatistics, tenant, id)
            .Append(DocumentSql.CancelJob, tenant, id)
            .Append(DocumentSql.RememberDeletion, tenant, id)
            .Append(DocumentSql.Delete, tenant, id);
        var (absent, hashes) = await ReadHashesAsync(removal, ct);
        if (absent)
        {
            return false;
        }

        await using var sweep = new NpgsqlBatch(connection, transaction);
        sweep.Append(DocumentSql.LockContents, tenant, hashes)
            .Append(DocumentSql.DeleteUnusedContents, tenant, hashes)
            .Append(DocumentSql.Notify, tenant, id);
        await sweep.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Source URIs that were deleted and not uploaded since: an import that runs by itself leaves them out.</summary>
    public async Task<IReadOnlySet<string>> ListDeletedAsync(TenantId tenant, string collection, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.ListDeleted, tenant, collection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            deleted.Add(reader.GetString(0));
        }

        return deleted;
    }

    /// <summary>Queues a failed document again. Null when absent; a document that has not failed is returned as it is.</summary>
    public async Task<Document?> RetryAsync(TenantId tenant, Guid id, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.Retry, tenant, id);
        await command.ExecuteNonQueryAsync(ct);
        return await FindAsync(tenant, id, ct);
    }

    /// <summary>Documents as they change, by LISTEN/NOTIFY with a poll behind it; ends only by cancellation.</summary>
    public IAsyncEnumerable<Document> WatchAsync(TenantId tenant, CancellationToken ct) => _feed.WatchAsync(tenant, ct);

    private static async Task<(Guid Id, bool Changed)> ReadUpsertAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var changed = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetGuid(0), changed);
    }

    private static async Task<(bool Absent, byte[][] Hashes)> ReadHashesAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var hashes = new List<byte[]>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
            {
                hashes.Add(reader.GetFieldValue<byte[]>(0));
            }
        }
        while (await reader.NextResultAsync(ct));
        return (hashes.Count == 0, [.. hashes]);
    }
}
