using AiApp.Rag.Access;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Retrieval;

internal sealed class RetrievalStore(NpgsqlDataSource database)
{
    public async Task<SearchScope> FindScopeAsync(TenantId tenant, PrincipalSet principals, string? collection, CancellationToken ct)
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
        return new() { Tenant = tenant, Principals = principals, CollectionIds = [.. ids], Languages = [.. languages] };
    }

    /// <summary>The chunks with their fused scores; those that were replaced or deleted since the legs ran are left out.</summary>
    /// <param name="withNeighbours">How many, from the first, bring the chunks beside them.</param>
    public async Task<FetchedChunks> FetchAsync(TenantId tenant, IReadOnlyList<RankedHit> hits, int withNeighbours, CancellationToken ct)
    {
        await using var command = database.Statement(RetrievalSql.FetchChunks, tenant, hits.Select(hit => hit.ChunkId).ToArray(), withNeighbours);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<FetchedChunk>();
        var neighbours = new List<FetchedChunk>();
        while (await reader.ReadAsync(ct))
        {
            var isNeighbour = reader.IsDBNull(16);
            (isNeighbour ? neighbours : found).Add(Read(reader, isNeighbour ? null : hits[(int)reader.GetInt64(16) - 1]));
        }
        return new(found, neighbours);
    }

    private static FetchedChunk Read(NpgsqlDataReader reader, RankedHit? hit) => new()
    {
        Chunk = new RetrievedChunk
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
            Score = hit?.Score ?? 0,
            Lexical = hit?.Lexical,
            Vector = hit?.Vector,
        },
        Ordinal = reader.GetInt32(14),
        TokenCount = reader.GetInt32(15),
        Gap = reader.IsDBNull(17) ? null : reader.GetString(17),
    };
}
