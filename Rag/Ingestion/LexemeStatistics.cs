using AiApp.Rag.Storage;
using Npgsql;

namespace AiApp.Rag.Ingestion;

/// <summary>Document frequencies are written as deltas; merged now and then, so that reading them stays a few rows per lexeme.</summary>
public sealed class LexemeStatistics(NpgsqlDataSource database)
{
    private const long ScatteredFrom = 100;

    /// <summary>Returns how many collections were merged.</summary>
    public async Task<int> MergeAsync(CancellationToken ct)
    {
        var scattered = await ListScatteredAsync(ct);
        foreach (var (tenant, collection) in scattered)
        {
            await using var batch = database.CreateBatch();
            batch.Append(IngestionSql.LockStatistics, tenant, collection).Append(IngestionSql.MergeStatistics, tenant, collection)
                .Append(IngestionSql.MergeChunkStatistics, tenant, collection);
            await batch.ExecuteNonQueryAsync(ct);
        }

        return scattered.Count;
    }

    private async Task<List<(int Tenant, int Collection)>> ListScatteredAsync(CancellationToken ct)
    {
        var scattered = new List<(int, int)>();
        await using var command = database.Statement(IngestionSql.ListScattered, ScatteredFrom);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            scattered.Add((reader.GetInt32(0), reader.GetInt32(1)));
        }

        return scattered;
    }
}
