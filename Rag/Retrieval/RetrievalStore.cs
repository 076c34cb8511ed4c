using AiApp.Rag.Access;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Rag.Retrieval;

internal sealed class RetrievalStore(NpgsqlDataSource database)
{
    public async Task<SearchScope> FindScopeAsync(TenantId tenant, PrincipalSet principals, string? collection, CancellationToken ct)
    {
        await using var batch = database.ReadAs(tenant, principals).Append(RetrievalSql.Scope, tenant, principals.ToArray(), collection)
            .Append(VectorSql.ListSpaces);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        await reader.ReadAsync(ct);
        var scope = new SearchScope
        {
            Tenant = tenant,
            Principals = principals,
            Bearer = new(tenant),
            CollectionIds = reader.GetFieldValue<int[]>(0),
            Languages = reader.GetFieldValue<string[]>(1),
            ReaderSetIds = reader.GetFieldValue<int[]>(2),
            PermittedChunks = reader.GetInt64(3),
            Snapshot = DatabaseSnapshot.Parse(reader.GetString(4)),
            ServerStartedAt = reader.GetFieldValue<DateTimeOffset>(5),
        };
        await reader.NextResultAsync(ct);
        return scope with { Spaces = await EmbeddingSpaces.ReadAsync(reader, ct) };
    }

    /// <summary>The chunks with their fused scores; those that were replaced, deleted or taken from the caller since the legs ran are left out.</summary>
    /// <param name="withNeighbours">How many, from the first, bring the chunks beside them.</param>
    public async Task<FetchedChunks> FetchAsync(SearchScope scope, IReadOnlyList<RankedHit> hits, int withNeighbours, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals).Append(
            RetrievalSql.FetchChunks, scope.Tenant, hits.Select(hit => hit.ChunkId).ToArray(), withNeighbours, scope.ReaderSetIds);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var found = new List<FetchedChunk>();
        var neighbours = new List<FetchedChunk>();
        while (await reader.ReadAsync(ct))
        {
            var isNeighbour = reader.IsDBNull(16);
            (isNeighbour ? neighbours : found).Add(Read(reader, isNeighbour ? null : hits[(int)reader.GetInt64(16) - 1]));
        }
        return new(found, neighbours);
    }

    /// <summary>Those of the chunks whose lexemes match the tsquery.</summary>
    public async Task<IReadOnlySet<long>> FindMatchingAsync(SearchScope scope, long[] chunkIds, string constraint, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(RetrievalSql.FindMatching, scope.Tenant, chunkIds, constraint, scope.ReaderSetIds);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
        var matching = new HashSet<long>();
        while (await reader.ReadAsync(ct))
        {
            matching.Add(reader.GetInt64(0));
        }
        return matching;
    }

    /// <summary>The first fourteen columns as in <see cref="RetrievalSql.FetchChunks"/>; where the version's pages and its last change stand differs.</summary>
    internal static RetrievedChunk ReadChunk(NpgsqlDataReader reader, int pages, int changedIn) => new()
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
        Page = reader.Whole(11),
        ValidFrom = reader.IsDBNull(12) ? null : reader.GetFieldValue<DateOnly>(12),
        ValidUntil = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateOnly>(13),
        Pages = reader.IsDBNull(pages) ? [] : reader.GetFieldValue<int[]>(pages),
        ChangedIn = reader.GetInt64(changedIn),
        Score = 0,
    };

    private static FetchedChunk Read(NpgsqlDataReader reader, RankedHit? hit) => new()
    {
        Chunk = ReadChunk(reader, pages: 18, changedIn: 19) with { Score = hit?.Score ?? 0, Lexical = hit?.Lexical, Vector = hit?.Vector },
        Ordinal = reader.GetInt32(14),
        TokenCount = reader.GetInt32(15),
        Gap = reader.Text(17),
    };
}
