using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Chunking;
using AiApp.Rag.Ingestion.Languages;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Text;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Ingestion;

/// <summary>Makes versions searchable and finishes their jobs, in one transaction.</summary>
internal sealed class PublishStore(NpgsqlDataSource database, HeadingChunker chunker)
{
    /// <summary>
    /// Replaces the searchable versions of the group's documents, all together. Returns those whose leases were held: of the others
    /// nothing has changed.
    /// </summary>
    public async Task<IReadOnlyList<ReadVersion>> PublishAsync(PreparedGroup group, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        AppendLocks(batch, group);
        AppendVersions(batch, group);
        AppendChunks(batch, group);
        AppendVectors(batch, group);
        batch.Append(PublishSql.ShowVersions, group.Tenant, Documents(group))
            .Append(PublishSql.Complete, group.Tenant, Jobs(group), group.Versions.Select(v => v.Times.ToJson()).ToArray());
        var held = await ReadHeldAsync(batch, ct);
        if (held.Count == group.Versions.Count)
        {
            await transaction.CommitAsync(ct);
            return group.Versions;
        }
        await transaction.RollbackAsync(ct);
        return held.Count == 0 ? [] : await PublishAsync(Keep(group, held), ct);
    }

    private static void AppendLocks(NpgsqlBatch batch, PreparedGroup group)
    {
        var documents = Documents(group);
        batch.Append(PublishSql.UseIndexes)
            .Append(PublishSql.LockDocuments, group.Tenant, documents)
            .Append(PublishSql.LockHeld, group.Tenant, Jobs(group), group.Versions.Select(v => v.Job.LeaseToken).ToArray())
            .Append(VectorSql.HoldSpaces);
        foreach (var collection in group.Versions.Select(v => v.Upload.CollectionId).Distinct().Order())
        {
            batch.Append(IngestionSql.HoldWeights, collection);
        }
        batch.Append(PublishSql.SubtractStatistics, group.Tenant, documents)
            .Append(PublishSql.DeleteChunks, group.Tenant, documents)
            .Append(PublishSql.Supersede, group.Tenant, documents);
    }

    private void AppendVersions(NpgsqlBatch batch, PreparedGroup group)
    {
        var versions = group.Versions;
        batch.Append(PublishSql.AddVersions, group.Tenant, Documents(group), versions.Select(v => v.Upload.ContentHash).ToArray(),
            versions.Select(v => v.Document.Title).ToArray(), versions.Select(v => v.Document.CanonicalText).ToArray(),
            versions.Select(v => DocumentRows.WriteBlocks(v.Document.Blocks)).ToArray(), chunker.Version,
            versions.Select(v => v.Document.ReaderVersion).ToArray(), versions.Select(v => v.Document.ValidFrom).ToArray(),
            versions.Select(v => v.Document.ValidUntil).ToArray(), versions.Select(v => v.Chunks.Count).ToArray(),
            versions.Select(v => v.Chunks.Sum(c => c.TokenCount)).ToArray(), versions.Select(v => PageNumbers.Write(v.Document.Pages)).ToArray(),
            versions.Select(v => v.Document.PagesAreSeparate).ToArray(), versions.Select(v => v.Document.Language).ToArray(), DocumentReaders.Version);
    }

    private static void AppendChunks(NpgsqlBatch batch, PreparedGroup group)
    {
        var chunks = Chunks(group);
        batch.Append(PublishSql.AddChunks, group.Tenant, Documents(group),
            group.Versions.Select(v => SearchConfigurations.Of(v.Document) ?? v.Upload.CollectionLanguage).ToArray(),
            chunks.Select(c => c.Place).ToArray(), chunks.Select(c => c.Ordinal).ToArray(), chunks.Select(c => c.Text).ToArray(),
            chunks.Select(c => c.Chunk.HeadingPath).ToArray(), chunks.Select(c => c.Chunk.Start).ToArray(), chunks.Select(c => c.Chunk.Length).ToArray(),
            chunks.Select(c => c.Chunk.TokenCount).ToArray(), chunks.Select(c => Identifiers.Expand(c.Chunk.HeadingPath + "\n" + c.Text)).ToArray(),
            chunks.Select(c => c.Chunk.Page).ToArray());
    }

    /// <summary>Into every space that there are vectors for; the others have gaps from now on, which their worker fills.</summary>
    private static void AppendVectors(NpgsqlBatch batch, PreparedGroup group)
    {
        var chunks = Chunks(group);
        if (chunks.Count == 0)
        {
            return;
        }
        foreach (var (space, vectors) in group.Vectors)
        {
            batch.Append(space.In(PublishSql.AddVectors), group.Tenant, chunks.Select(c => group.Versions[c.Place - 1].Job.DocumentId).ToArray(),
                chunks.Select(c => c.Ordinal).ToArray(), vectors.Select(v => new HalfVector(v)).ToArray());
        }
        batch.Append(VectorSql.MarkGaps, group.Vectors.Select(v => v.Space.Id).ToArray());
    }

    /// <summary>The third result; errors of the later statements surface here too.</summary>
    private static async Task<HashSet<long>> ReadHeldAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        var held = new HashSet<long>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            held.Add(reader.GetInt64(0));
        }
        while (await reader.NextResultAsync(ct))
        {
        }
        return held;
    }

    private static PreparedGroup Keep(PreparedGroup group, HashSet<long> held)
    {
        var isHeld = group.Versions.SelectMany(v => v.Chunks.Select(_ => held.Contains(v.Job.Id))).ToList();
        return new(group.Tenant, [.. group.Versions.Where(v => held.Contains(v.Job.Id))],
            [.. group.Vectors.Select(v => new SpaceVectors(v.Space, [.. v.Vectors.Where((_, i) => isHeld[i])]))]);
    }

    private static Guid[] Documents(PreparedGroup group) => [.. group.Versions.Select(v => v.Job.DocumentId)];

    private static long[] Jobs(PreparedGroup group) => [.. group.Versions.Select(v => v.Job.Id)];

    /// <summary>In the order of the vectors; places count from 1, as the database's do.</summary>
    private static List<(int Place, int Ordinal, Chunk Chunk, string Text)> Chunks(PreparedGroup group) =>
        [.. group.Versions.SelectMany((v, version) => v.Chunks.Select((chunk, ordinal) => (version + 1, ordinal, chunk, v.TextOf(chunk))))];
}
