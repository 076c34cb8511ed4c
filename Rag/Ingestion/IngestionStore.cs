using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>What a job reads, and how far it has come. Nothing is written once its lease is lost.</summary>
internal sealed class IngestionStore(NpgsqlDataSource database)
{
    /// <summary>The uploaded bytes; null when the lease is lost.</summary>
    public async Task<Upload?> LoadAsync(Job job, CancellationToken ct)
    {
        await using var batch = database.CreateBatch().Append(PublishSql.UseIndexes)
            .Append(IngestionSql.Load, job.Tenant, job.DocumentId, job.Id, job.LeaseToken);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Upload(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5))
            : null;
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
