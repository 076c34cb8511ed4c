using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;
using Pgvector;

namespace AiApp.Rag.Retrieval;

internal sealed record SearchScope(int[] CollectionIds, string[] Languages);

internal sealed record LegHit(long ChunkId, double Score);

internal sealed class RetrievalStore(NpgsqlDataSource database)
{
    public async Task<SearchScope> FindScopeAsync(TenantId tenant, string? collection, CancellationToken ct)
    {
        await using var command = database.Statement(RetrievalSql.Scope, tenant, collection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<int>();
        var languages = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            ids.Add(reader.GetInt32(0));
            languages.Add(reader.GetString(1));
        }
        return new([.. ids], [.. languages]);
    }

    public async Task<LexicalQuery> AnalyzeAsync(TenantId tenant, SearchScope scope, string question, CancellationToken ct)
    {
        await using var command = database.Statement(RetrievalSql.AnalyzeQuestion, tenant, scope.CollectionIds, scope.Languages, question);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(string, int, int, long)>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add((reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt64(3)));
        }
        return LexicalQuery.Create(rows);
    }

    public Task<List<LegHit>> SearchLexicalAsync(
        TenantId tenant, SearchScope scope, string candidates, string vector, int depth, CancellationToken ct) =>
        ReadHitsAsync(database.Statement(RetrievalSql.LexicalLeg, tenant, scope.CollectionIds, candidates, vector, depth), ct);

    public Task<List<LegHit>> SearchVectorAsync(
        TenantId tenant, SearchScope scope, EmbeddingSpace space, ReadOnlyMemory<float> embedding, int depth, CancellationToken ct) =>
        ReadHitsAsync(database.Statement(space.In(RetrievalSql.VectorLeg), tenant, scope.CollectionIds, ToHalfVector(embedding), depth), ct);

    public async Task<Dictionary<long, RetrievedChunk>> FetchAsync(TenantId tenant, long[] chunkIds, CancellationToken ct)
    {
        await using var command = database.Statement(RetrievalSql.FetchChunks, tenant, chunkIds);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var chunks = new Dictionary<long, RetrievedChunk>();
        while (await reader.ReadAsync(ct))
        {
            chunks[reader.GetInt64(0)] = new RetrievedChunk
            {
                ChunkId = reader.GetInt64(0),
                CollectionId = reader.GetInt32(1),
                DocumentId = reader.GetGuid(2),
                VersionId = reader.GetInt64(3),
                VersionNumber = reader.GetInt32(4),
                Title = reader.GetString(5),
                SourceUri = reader.GetString(6),
                HeadingPath = reader.GetString(7),
                Text = reader.GetString(8),
                StartOffset = reader.GetInt32(9),
                Length = reader.GetInt32(10),
                Page = reader.IsDBNull(11) ? null : reader.GetInt32(11),
                ValidFrom = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateOnly>(12),
                ValidUntil = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateOnly>(13),
                Score = 0,
            };
        }
        return chunks;
    }

    private static HalfVector ToHalfVector(ReadOnlyMemory<float> embedding) =>
        new(Array.ConvertAll(embedding.ToArray(), value => (Half)value));

    private static async Task<List<LegHit>> ReadHitsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            var hits = new List<LegHit>();
            while (await reader.ReadAsync(ct))
            {
                hits.Add(new(reader.GetInt64(0), reader.GetDouble(1)));
            }
            return hits;
        }
    }
}
