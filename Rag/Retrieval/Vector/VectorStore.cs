using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Retrieval.Vector;

internal sealed class VectorStore(NpgsqlDataSource database, IOptions<VectorOptions> options)
{
    /// <summary>Best first; fewer than <paramref name="depth"/> only when the space holds no more that the caller may read.</summary>
    public async Task<List<LegHit>> SearchAsync(
        SearchScope scope, EmbeddingSpace space, ReadOnlyMemory<float> embedding, int depth, CancellationToken ct)
    {
        var plan = VectorPlan.Choose(scope.PermittedChunks, space, depth, options.Value);
        var vector = ToHalfVector(embedding);
        if (plan.IsExact)
        {
            return await FindExactAsync(scope, space, vector, depth, ct);
        }
        var hits = await FindNearestAsync(scope, space, vector, depth, plan, ct);
        // The index gives up after a number of candidates, whether or not it has found enough that the caller may read.
        return hits.Count < depth ? await FindExactAsync(scope, space, vector, depth, ct) : hits;
    }

    private async Task<List<LegHit>> FindExactAsync(SearchScope scope, EmbeddingSpace space, HalfVector embedding, int depth, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(space.In(VectorSql.Exact), scope.Tenant, scope.CollectionIds, scope.ReaderSetIds, embedding, depth);
        return await batch.ReadHitsAsync(ct);
    }

    private async Task<List<LegHit>> FindNearestAsync(
        SearchScope scope, EmbeddingSpace space, HalfVector embedding, int depth, VectorPlan plan, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(VectorSql.UseDistanceIndex, plan.EfSearch)
            .Append(space.In(VectorSql.Nearest), scope.Tenant, scope.CollectionIds, scope.ReaderSetIds, embedding, depth);
        var hits = await batch.ReadHitsAsync(settings: 1, ct);
        hits.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.ChunkId.CompareTo(b.ChunkId));
        return hits;
    }

    public static HalfVector ToHalfVector(ReadOnlyMemory<float> embedding) =>
        new(Array.ConvertAll(embedding.ToArray(), value => (Half)value));
}
