using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Retrieval.Vector;

internal sealed class VectorStore(NpgsqlDataSource database)
{
    public async Task<List<LegHit>> SearchAsync(
        SearchScope scope, EmbeddingSpace space, ReadOnlyMemory<float> embedding, int depth, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(space.In(VectorSql.VectorLeg), scope.Tenant, scope.CollectionIds, ToHalfVector(embedding), depth);
        return await batch.ReadHitsAsync(ct);
    }

    public static HalfVector ToHalfVector(ReadOnlyMemory<float> embedding) =>
        new(Array.ConvertAll(embedding.ToArray(), value => (Half)value));
}
