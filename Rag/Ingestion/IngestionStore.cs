using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>What a job reads, and how far it has come. Nothing is written once its lease is lost.</summary>
internal sealed class IngestionStore(NpgsqlDataSource database)
{
    /// <summary>The uploaded bytes, or what they were read as before; null when the lease is lost.</summary>
    public async Task<Upload?> LoadAsync(Job job, CancellationToken ct)
    {
        await using var batch = database.CreateBatch().Append(PublishSql.UseIndexes)
            .Append(ReadingSql.Load, job.Tenant, job.DocumentId, job.Id, job.LeaseToken, DocumentReaders.Version);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? ReadingRows.Read(reader) : null;
    }

    /// <summary>
    /// Keeps what was read until it is published, so that the next attempt begins after it. Nothing is kept whose bytes were deleted
    /// meanwhile.
    /// </summary>
    public async Task KeepAsync(ReadVersion version, CancellationToken ct)
    {
        var (job, document) = (version.Job, version.Document);
        await using var command = database.Statement(
            ReadingSql.Keep, job.Tenant, version.Upload.ContentHash, version.Upload.SourceUri, version.Upload.MediaType, DocumentReaders.Version,
            document.Title, document.CanonicalText, DocumentRows.WriteBlocks(document.Blocks), document.ReaderVersion, PageNumbers.Write(document.Pages),
            document.PagesAreSeparate, document.ValidFrom, document.ValidUntil, document.Language);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Shows the documents of these jobs, of one tenant, as being worked on.</summary>
    public async Task ShowStageAsync(IReadOnlyList<Job> jobs, DocumentStage stage, CancellationToken ct)
    {
        if (jobs.Count == 0)
        {
            return;
        }
        var documents = jobs.Select(j => j.DocumentId).ToArray();
        await using var batch = database.CreateBatch()
            .Append(IngestionSql.RelaxCommit)
            .Append(PublishSql.UseIndexes)
            // A statement of its own: who waited for the document must see what has become of its job meanwhile.
            .Append(PublishSql.LockDocuments, jobs[0].Tenant, documents)
            .Append(IngestionSql.ShowStage, jobs[0].Tenant, documents, jobs.Select(j => j.LeaseToken).ToArray(), DocumentRows.Word(stage));
        await batch.ExecuteNonQueryAsync(ct);
    }
}
