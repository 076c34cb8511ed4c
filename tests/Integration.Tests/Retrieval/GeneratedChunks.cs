using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>Chunks of one document without ingesting it: "chunk 1", "chunk 2" and so on.</summary>
internal static class GeneratedChunks
{
    /// <param name="readers">Place of a chunk's reader set among the tenant's, as SQL of the chunk's number n.</param>
    public static async Task AddAsync(TestDatabase database, TenantId tenant, int count, string readers = "0")
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($$"""
            INSERT INTO collection (tenant_id, name) VALUES ({{tenant.Value}}, 'generated');
            INSERT INTO document (tenant_id, collection_id, source_uri, title, media_type, size_bytes, content_hash, status, reader_set_id)
            SELECT tenant_id, collection_id, 'a.md', 'a', 'text/markdown', 1, sha256('a'), 'ready',
                   (SELECT min(reader_set_id) FROM reader_set WHERE reader_set.tenant_id = collection.tenant_id)
            FROM collection WHERE tenant_id = {{tenant.Value}};
            INSERT INTO document_version (tenant_id, document_id, number, content_hash, title, canonical_text, structure, reader_version,
                chunker_version, chunk_count, token_count, reader_set_id)
            SELECT tenant_id, document_id, 1, content_hash, 'a', 'a', '[]', '1', '1', {{count}}, {{count}}, reader_set_id
            FROM document WHERE tenant_id = {{tenant.Value}};
            UPDATE document SET current_version_id = version_id
            FROM document_version AS version
            WHERE version.tenant_id = document.tenant_id AND version.document_id = document.document_id AND document.tenant_id = {{tenant.Value}};
            INSERT INTO chunk (tenant_id, collection_id, document_id, version_id, ordinal, text, heading_path, start_offset, length,
                token_count, language, lexemes, reader_set_id)
            SELECT tenant_id, collection_id, document_id, version_id, n, 'chunk ' || n, 'a', 0, 1, 1, 'english', '',
                   (ARRAY(SELECT reader_set_id FROM reader_set WHERE reader_set.tenant_id = {{tenant.Value}} ORDER BY reader_set_id))[1 + {{readers}}]
            FROM document JOIN document_version USING (tenant_id, document_id), generate_series(1, {{count}}) AS n
            WHERE tenant_id = {{tenant.Value}};
            INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
            SELECT tenant_id, collection_id, reader_set_id, language, count(*) FROM chunk WHERE tenant_id = {{tenant.Value}} GROUP BY 1, 2, 3, 4;
            ANALYZE;
            """, connection);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
