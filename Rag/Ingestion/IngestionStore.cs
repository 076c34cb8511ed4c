using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Text;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Ingestion;

/// <summary>What a job reads and writes. Nothing is written once its lease is lost.</summary>
internal sealed class IngestionStore(NpgsqlDataSource database)
{
    /// <summary>The first stage and the bytes; null when the lease is lost.</summary>
    public async Task<Upload?> LoadAsync(Job job, CancellationToken ct)
    {
        await using var batch = StageBatch(job, DocumentStage.Reading);
        batch.Append(IngestionSql.Load, job.Tenant, job.DocumentId, job.Id, job.LeaseToken);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Upload(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetInt32(3), reader.GetString(4), reader.GetFieldValue<byte[]>(5))
            : null;
    }

    public async Task SetStageAsync(Job job, DocumentStage stage, CancellationToken ct)
    {
        await using var batch = StageBatch(job, stage);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>
    /// Replaces the searchable version and finishes the job, in one transaction and one round trip. False, and nothing has
    /// changed, when the lease is lost.
    /// </summary>
    public async Task<bool> PublishAsync(Job job, PreparedVersion version, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Append(JobSql.LockDocument, job.Tenant, job.DocumentId)
            .Append(JobSql.LockHeld, job.Tenant, job.DocumentId, job.Id, job.LeaseToken)
            .Append(VectorSql.HoldSpaces)
            .Append(IngestionSql.HoldWeights, version.Upload.CollectionId)
            .Append(IngestionSql.SubtractStatistics, job.Tenant, job.DocumentId)
            .Append(IngestionSql.DeleteChunks, job.Tenant, job.DocumentId)
            .Append(IngestionSql.Supersede, job.Tenant, job.DocumentId);
        AppendVersion(batch, job, version);
        AppendVectors(batch, job, version);
        batch.Append(IngestionSql.ShowVersion, job.Tenant, job.DocumentId)
            .Append(JobSql.Complete, job.Tenant, job.DocumentId, job.Id, job.LeaseToken);
        if (!await HoldsLeaseAsync(batch, ct))
        {
            return false;
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    private static void AppendVersion(NpgsqlBatch batch, Job job, PreparedVersion version)
    {
        var (upload, document, chunks, _) = version;
        var text = document.CanonicalText;
        var ordinals = Enumerable.Range(0, chunks.Count).ToArray();
        batch.Append(IngestionSql.AddVersion, job.Tenant, job.DocumentId, upload.ContentHash, document.Title, text,
                DocumentRows.WriteBlocks(document.Blocks), document.ReaderVersion, HeadingChunker.Version, document.ValidFrom, document.ValidUntil,
                chunks.Count, chunks.Sum(c => c.TokenCount))
            .Append(IngestionSql.AddChunks, job.Tenant, job.DocumentId, upload.CollectionId,
                Languages.SearchConfiguration(document.Language) ?? upload.CollectionLanguage, ordinals,
                chunks.Select(c => c.TextOf(text)).ToArray(), chunks.Select(c => c.HeadingPath).ToArray(),
                chunks.Select(c => c.Start).ToArray(), chunks.Select(c => c.Length).ToArray(), chunks.Select(c => c.TokenCount).ToArray(),
                chunks.Select(c => Identifiers.Expand(c.HeadingPath + "\n" + c.TextOf(text))).ToArray(),
                chunks.Select(c => c.Page).ToArray());
    }

    /// <summary>Into every space that there are vectors for; the others have gaps from now on, which their worker fills.</summary>
    private static void AppendVectors(NpgsqlBatch batch, Job job, PreparedVersion version)
    {
        if (version.Chunks.Count == 0)
        {
            return;
        }
        var ordinals = Enumerable.Range(0, version.Chunks.Count).ToArray();
        foreach (var (space, vectors) in version.Vectors)
        {
            batch.Append(space.In(IngestionSql.AddVectors), job.Tenant, job.DocumentId, ordinals, vectors.Select(v => new HalfVector(v)).ToArray());
        }
        batch.Append(VectorSql.MarkGaps, version.Vectors.Select(v => v.Space.Id).ToArray());
    }

    /// <summary>The two locks answer with a row each, or the transaction is not committed.</summary>
    private static async Task<bool> HoldsLeaseAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var document = await reader.ReadAsync(ct);
        await reader.NextResultAsync(ct);
        var job = await reader.ReadAsync(ct);
        // Errors of the later statements surface here.
        while (await reader.NextResultAsync(ct))
        {
        }

        return document && job;
    }

    private NpgsqlBatch StageBatch(Job job, DocumentStage stage) =>
        database.CreateBatch()
            .Append(IngestionSql.RelaxCommit)
            .Append(IngestionSql.SetStage, job.Tenant, job.DocumentId, job.Id, job.LeaseToken, DocumentRows.Word(stage));
}
