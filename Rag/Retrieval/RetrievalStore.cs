using AiApp.Rag.Access;
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
}
