using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>
/// BM25 compares a chunk's length with the average of its collection. That is a constant of the index, measured anew whenever
/// the collection has doubled; when it is off, the weights of all its chunks are computed again.
/// </summary>
public sealed class AverageLengths(NpgsqlDataSource database)
{
    // Below, a few chunks of another kind would move it.
    private const int LeastChunks = 100;
    private const double Tolerance = 0.1;

    /// <summary>Returns how many collections were weighed anew.</summary>
    public async Task<int> AdjustAsync(CancellationToken ct)
    {
        var adjusted = 0;
        foreach (var (tenant, collection) in await ListGrownAsync(ct))
        {
            adjusted += await AdjustAsync(tenant, collection, ct) ? 1 : 0;
        }
        return adjusted;
    }

    private async Task<bool> AdjustAsync(int tenant, int collection, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var measure = new NpgsqlBatch(connection, transaction);
        // Bounds of weights must not be merged meanwhile either.
        measure.Append(IngestionSql.HoldAllWeights, collection).Append(IngestionSql.LockStatistics, tenant, collection)
            .Append(IngestionSql.MeasureLength, tenant, collection, Tolerance);
        if (await IsOffAsync(measure, locks: 2, ct))
        {
            await using var reweigh = new NpgsqlBatch(connection, transaction);
            // Minutes over hundreds of thousands of chunks.
            reweigh.Append(IngestionSql.TakeTime).Append(IngestionSql.Reweigh, tenant, collection);
            reweigh.Timeout = 0;
            await reweigh.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
        await transaction.CommitAsync(ct);
        return false;
    }

    private static async Task<bool> IsOffAsync(NpgsqlBatch batch, int locks, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var i = 0; i < locks; i++)
        {
            await reader.NextResultAsync(ct);
        }
        return await reader.ReadAsync(ct) && reader.GetBoolean(0);
    }

    private async Task<List<(int Tenant, int Collection)>> ListGrownAsync(CancellationToken ct)
    {
        var grown = new List<(int, int)>();
        await using var command = database.Statement(IngestionSql.ListGrown, LeastChunks);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            grown.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }
        return grown;
    }
}
