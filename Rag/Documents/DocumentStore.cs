using System.Security.Cryptography;
using AiApp.Rag.Access;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>
/// Documents, their versions and uploads, as the caller may see them: one that no principal of the caller may read is
/// absent. Outages surface as <see cref="NpgsqlException"/>.
/// </summary>
public sealed class DocumentStore
{
    private readonly NpgsqlDataSource _database;
    private readonly DocumentFeed _feed;
    private readonly DeletionStore _deletions;

    public DocumentStore(NpgsqlDataSource database)
        : this(database, new DocumentFeed(database, TimeProvider.System, NullLogger<DocumentFeed>.Instance))
    {
    }

    internal DocumentStore(NpgsqlDataSource database, DocumentFeed feed) =>
        (_database, _feed, _deletions) = (database, feed, new DeletionStore(database));

    /// <summary>
    /// Stores the bytes and queues one ingestion job, in one transaction; makes the collection when it is new. Null, and nothing
    /// has changed, when the path belongs to a document that the caller may not read.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The source URI cannot be normalised, see <see cref="SourceUri.TryNormalize"/>, or the caller is not among the readers.
    /// </exception>
    public async Task<AddedDocument?> AddAsync(TenantId tenant, PrincipalSet principals, NewDocument document, CancellationToken ct)
    {
        CheckIncluded(document.Readers, principals);
        var sourceUri = SourceUri.Normalize(document.SourceUri);
        var hash = SHA256.HashData(document.Bytes.Span);
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var upsert = new NpgsqlBatch(connection, transaction);
        var (collection, mediaType) = (PostgresText.Clean(document.Collection), PostgresText.Clean(document.MediaType));
        var readers = document.Readers ?? ReaderSet.Everyone;
        upsert.AppendCaller(tenant, principals)
            .AppendReaderSet(tenant, principals, readers)
            .Append(DocumentSql.AddCollection, tenant, collection)
            .Append(DocumentSql.Add, tenant, collection, sourceUri, readers.ToArray(), Path.GetFileName(sourceUri),
                mediaType, (long)document.Bytes.Length, hash)
            .Append(DocumentSql.Replace, tenant, principals.ToArray(), collection, sourceUri, mediaType, (long)document.Bytes.Length, hash)
            .Append(DocumentSql.FindId, tenant, principals.ToArray(), collection, sourceUri);
        // Once more, because the document in the way may have been deleted between two of these statements.
        if ((await ReadUpsertAsync(upsert, ct) ?? await ReadUpsertAsync(upsert, ct)) is not var (id, changed))
        {
            return null;
        }

        await using var queue = new NpgsqlBatch(connection, transaction);
        if (document.Readers is not null)
        {
            queue.Append(DocumentSql.SetReaders, tenant, principals.ToArray(), id, readers.ToArray());
        }

        if (changed)
        {
            queue.Append(DocumentSql.AddContent, tenant, hash, document.Bytes)
                .Append(DocumentSql.AddJob, tenant, id, hash, (short)document.Class)
                .Append(DocumentSql.ForgetDeletion, tenant, id)
                .Append(DocumentSql.Notify, tenant, id);
        }

        if (queue.BatchCommands.Count > 0)
        {
            await queue.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return new AddedDocument(id, Unchanged: !changed);
    }

    public async Task<Document?> FindAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct)
    {
        await using var batch = _database.ReadAs(tenant, principals).Append(DocumentSql.Find, tenant, principals.ToArray(), id);
        return (await DocumentRows.ListAsync(batch, ct)).SingleOrDefault();
    }

    /// <summary>
    /// Replaces who may read the document, effective when this returns, for the text that is searchable now and for an upload
    /// that is still being ingested. Null when absent.
    /// </summary>
    /// <exception cref="ArgumentException">The caller is not among the readers: nobody may lock itself out.</exception>
    public async Task<Document?> SetReadersAsync(TenantId tenant, PrincipalSet principals, Guid id, ReaderSet readers, CancellationToken ct)
    {
        CheckIncluded(readers, principals);
        await using var batch = _database.ReadAs(tenant, principals)
            .AppendReaderSet(tenant, principals, readers)
            .Append(DocumentSql.SetReaders, tenant, principals.ToArray(), id, readers.ToArray());
        await batch.ExecuteNonQueryAsync(ct);
        return await FindAsync(tenant, principals, id, ct);
    }

    /// <summary>Newest change first. <paramref name="cursor"/> is <see cref="DocumentPage.Next"/> of the page before; an unreadable one starts anew.</summary>
    public async Task<DocumentPage> ListAsync(
        TenantId tenant, PrincipalSet principals, DocumentStatus? status, string? cursor, int limit, CancellationToken ct)
    {
        var after = PageCursor.Parse(cursor);
        await using var batch = _database.ReadAs(tenant, principals);
        if (status is null)
        {
            batch.Append(DocumentSql.List, tenant, principals.ToArray(), after.At, after.Id, limit + 1);
        }
        else
        {
            batch.Append(DocumentSql.ListByStatus, tenant, principals.ToArray(), after.At, after.Id, limit + 1, DocumentRows.Word(status.Value));
        }

        var items = await DocumentRows.ListAsync(batch, ct);
        if (items.Count <= limit)
        {
            return new DocumentPage(items, null);
        }

        items.RemoveAt(limit);
        return new DocumentPage(items, new PageCursor(items[^1].UpdatedAt, items[^1].Id).ToString());
    }

    /// <summary>What has become of its uploads, oldest first; null when absent.</summary>
    public async Task<IReadOnlyList<DocumentEvent>?> ListEventsAsync(TenantId tenant, PrincipalSet principals, Guid id, int limit, CancellationToken ct)
    {
        await using var batch = _database.ReadAs(tenant, principals).Append(DocumentSql.ListEvents, tenant, principals.ToArray(), id, limit);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        return await DocumentRows.ListEventsAsync(reader, ct);
    }

    public async Task<DocumentSummary> SummarizeAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        await using var batch = _database.ReadAs(tenant, principals).Append(DocumentSql.Summarize, tenant, principals.ToArray());
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
        return new DocumentSummary(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5));
    }

    /// <summary>The named version, or the current one; null when there is none.</summary>
    public async Task<DocumentText?> FindTextAsync(TenantId tenant, PrincipalSet principals, Guid id, long? versionId, CancellationToken ct)
    {
        await using var batch = _database.ReadAs(tenant, principals).Append(DocumentSql.FindText, tenant, principals.ToArray(), id, versionId);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
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

    /// <summary>Removes the document with its chunks, vectors, versions, bytes no other document uses, and its job. Null when absent.</summary>
    public Task<DeletionReceipt?> DeleteAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct) =>
        _deletions.DeleteAsync(tenant, principals, id, ct);

    /// <summary>
    /// Calls the newest upload back, also while a worker has it. The document is then as before that upload, or cancelled when it has
    /// never been searchable. Null when absent; a document without a job is returned as it is.
    /// </summary>
    public async Task<Document?> CancelAsync(TenantId tenant, PrincipalSet principals, Guid id, CancellationToken ct)
    {
        await using var connection = await _database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var cancel = new NpgsqlBatch(connection, transaction);
        cancel.AppendCaller(tenant, principals)
            .Append(DocumentSql.Lock, tenant, principals.ToArray(), id)
            .Append(JobSql.Cancel, tenant, new[] { id });
        if (await HasCancelledAsync(cancel, ct))
        {
            await using var show = new NpgsqlBatch(connection, transaction);
            await show.AppendCaller(tenant, principals).Append(JobSql.ShowCancelled, tenant, new[] { id }).ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            JobQueue.Count("cancelled");
        }
        else
        {
            await transaction.RollbackAsync(ct);
        }

        return await FindAsync(tenant, principals, id, ct);
    }

    /// <summary>Changes the class of jobs that nobody has begun; for uploads whose size shows only while they are read.</summary>
    public async Task SetClassAsync(TenantId tenant, IReadOnlyCollection<Guid> documents, JobClass jobClass, CancellationToken ct)
    {
        await using var command = _database.Statement(DocumentSql.SetClass, tenant, documents.ToArray(), (short)jobClass);
        await command.ExecuteNonQueryAsync(ct);
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

    /// <summary>
    /// Queues a failed or cancelled document again, from the stage that failed or, if <paramref name="readAnew"/>, from its file. Null
    /// when absent; any other document is returned as it is.
    /// </summary>
    public async Task<Document?> RetryAsync(TenantId tenant, PrincipalSet principals, Guid id, bool readAnew, CancellationToken ct)
    {
        await using var batch = _database.ReadAs(tenant, principals).Append(DocumentSql.Retry, tenant, principals.ToArray(), id, readAnew);
        await batch.ExecuteNonQueryAsync(ct);
        return await FindAsync(tenant, principals, id, ct);
    }

    /// <summary>Documents as they change, by LISTEN/NOTIFY with a poll behind it; ends only by cancellation.</summary>
    public IAsyncEnumerable<Document> WatchAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct) =>
        _feed.WatchAsync(tenant, principals, ct);

    // The application's role could not store such a set either: its rows would not be the caller's.
    private static void CheckIncluded(ReaderSet? readers, PrincipalSet principals)
    {
        if (readers?.Includes(principals) is false)
        {
            throw new ArgumentException("The caller is not among the readers.", nameof(readers));
        }
    }

    /// <summary>Results: twice the caller, the added document, the replaced one, the id. Null when another caller's document is in the way.</summary>
    private static async Task<(Guid Id, bool Changed)?> ReadUpsertAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.NextResultAsync(ct);
        var changed = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        changed |= await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? (reader.GetGuid(0), changed) : null;
    }

    /// <summary>Whether both the document and a job of it were there.</summary>
    private static async Task<bool> HasCancelledAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var permitted = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) && permitted;
    }
}
