using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>Documents, their versions and uploads. Outages surface as <see cref="NpgsqlException"/>.</summary>
public sealed class DocumentStore(NpgsqlDataSource database)
{
    private readonly NpgsqlDataSource _database = database;

    /// <summary>Stores the bytes and queues one ingestion job, in one transaction; makes the collection when it is new.</summary>
    public Task<AddedDocument> AddAsync(TenantId tenant, NewDocument document, CancellationToken ct) => throw Pending();

    public Task<Document?> FindAsync(TenantId tenant, Guid id, CancellationToken ct) => throw Pending();

    /// <summary>Newest change first. <paramref name="cursor"/> is <see cref="DocumentPage.Next"/> of the page before; an unreadable one starts anew.</summary>
    public Task<DocumentPage> ListAsync(TenantId tenant, DocumentStatus? status, string? cursor, int limit, CancellationToken ct) => throw Pending();

    public Task<DocumentSummary> SummarizeAsync(TenantId tenant, CancellationToken ct) => throw Pending();

    /// <summary>The named version, or the current one; null when there is none.</summary>
    public Task<DocumentText?> FindTextAsync(TenantId tenant, Guid id, long? versionId, CancellationToken ct) => throw Pending();

    /// <summary>Removes the document with its chunks, vectors, versions, bytes no other document uses, and its job. False when absent.</summary>
    public Task<bool> DeleteAsync(TenantId tenant, Guid id, CancellationToken ct) => throw Pending();

    /// <summary>Queues a failed document again. Null when absent; a document that has not failed is returned as it is.</summary>
    public Task<Document?> RetryAsync(TenantId tenant, Guid id, CancellationToken ct) => throw Pending();

    /// <summary>Documents as they change, by LISTEN/NOTIFY with a poll behind it; ends only by cancellation.</summary>
    public IAsyncEnumerable<Document> WatchAsync(TenantId tenant, CancellationToken ct) => throw Pending();

    private NotSupportedException Pending() => new(_database.ToString());
}
