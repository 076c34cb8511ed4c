using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;
using Pgvector;

namespace AiApp.Benchmarks.Retrieval.Exact;

internal sealed class ExactStore(NpgsqlDataSource database)
{
    public async Task<ExactIndex> LoadAsync(TenantId tenant, string collection, EmbeddingSpace space, CancellationToken ct)
    {
        await using var length = database.Statement(ExactSql.AverageLength, tenant, collection);
        var index = new ExactIndex((float)(await length.ExecuteScalarAsync(ct))!, space.Dimensions);
        await using var command = database.Statement(space.In(ExactSql.ListChunks), tenant, collection);
        // Minutes on a large corpus.
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var vector = reader.GetFieldValue<HalfVector>(4).ToArray();
            index.Add(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<string[]>(2), reader.GetFieldValue<int[]>(3),
                Array.ConvertAll(vector, value => (float)value));
        }
        return index;
    }
}
