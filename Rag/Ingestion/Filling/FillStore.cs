using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Ingestion.Filling;

/// <summary>A space that this worker fills until the lease ends.</summary>
internal sealed record FillLease(EmbeddingSpace Space, Guid Token);

internal sealed record MissingChunk(int Tenant, long ChunkId, string HeadingPath, string Text);

/// <summary>Sees the chunks of all tenants, so it works in the worker's role only.</summary>
internal sealed class FillStore(NpgsqlDataSource database)
{
    /// <summary>A space with gaps that nobody fills; the current one first. Null when there is none whose model is at hand.</summary>
    public async Task<FillLease?> ClaimAsync(IReadOnlyCollection<EmbeddingModel> models, TimeSpan lease, CancellationToken ct)
    {
        await using var command = database.Statement(
            FillSql.Claim, lease, models.Select(model => model.Model).ToArray(), models.Select(model => model.Dimensions).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(EmbeddingSpace.Unfilled(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3)), reader.GetGuid(4))
            : null;
    }

    public async Task<List<MissingChunk>> ListMissingAsync(EmbeddingSpace space, MissingChunk? after, int count, CancellationToken ct)
    {
        await using var command = database.Statement(space.In(FillSql.ListMissing), after?.Tenant ?? 0, after?.ChunkId ?? 0, count);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var chunks = new List<MissingChunk>(count);
        while (await reader.ReadAsync(ct))
        {
            chunks.Add(new(reader.GetInt32(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3)));
        }
        return chunks;
    }

    /// <summary>Chunks that were replaced meanwhile, and those that have a vector by now, are left out.</summary>
    public async Task AddAsync(EmbeddingSpace space, IReadOnlyList<MissingChunk> chunks, IReadOnlyList<Half[]> vectors, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.Append(VectorSql.HoldSpaces)
            .Append(space.In(FillSql.AddVectors), chunks.Select(chunk => chunk.Tenant).ToArray(), chunks.Select(chunk => chunk.ChunkId).ToArray(),
                vectors.Select(vector => new HalfVector(vector)).ToArray());
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>False when the lease is lost.</summary>
    public async Task<bool> RenewAsync(FillLease lease, TimeSpan duration, double chunksPerSecond, CancellationToken ct)
    {
        await using var command = database.Statement(FillSql.Renew, lease.Space.Id, lease.Token, duration, (float)chunksPerSecond);
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    /// <summary>False while chunks lack a vector.</summary>
    public async Task<bool> FinishAsync(FillLease lease, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.Append(SpaceSql.LockSpaces).Append(lease.Space.In(FillSql.Finish), lease.Space.Id, lease.Token);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct);
    }

    public async Task ReleaseAsync(FillLease lease, CancellationToken ct)
    {
        await using var command = database.Statement(FillSql.Release, lease.Space.Id, lease.Token);
        await command.ExecuteNonQueryAsync(ct);
    }
}
