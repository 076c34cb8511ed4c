using AiApp.Rag.Access;
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
            CollectionIds = reader.GetFieldValue<int[]>(0),
            Languages = reader.GetFieldValue<string[]>(1),
            ReaderSetIds = reader.GetFieldValue<int[]>(2),
            PermittedChunks = reader.GetInt64(3),
        };
        await reader.NextResultAsync(ct);
        return scope with { Spaces = await EmbeddingSpaces.ReadAsync(reader, ct) };
    }

    public async Task<Dictionary<long, RetrievedChunk>> FetchAsync(SearchScope scope, long[] chunkIds, CancellationToken ct)
    {
        await using var batch = database.ReadAs(scope.Tenant, scope.Principals)
            .Append(RetrievalSql.FetchChunks, scope.Tenant, chunkIds, scope.ReaderSetIds);
        await using var reader = await batch.ExecuteAsCallerAsync(ct);
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
}
