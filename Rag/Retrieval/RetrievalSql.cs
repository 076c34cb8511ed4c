namespace AiApp.Rag.Retrieval;

internal static class RetrievalSql
{
    /// <summary>$1 tenant, $2 collection name or null.</summary>
    public const string Scope = """
        SELECT collection_id, language::text FROM collection
        WHERE tenant_id = $1 AND ($2::text IS NULL OR name = $2)
        """;

    /// <summary>$1 tenant, $2 chunk ids. Row by row through the primary keys, whatever the planner knows of the tables.</summary>
    public const string FetchChunks = """
        SELECT chunk.chunk_id, chunk.collection_id, chunk.document_id, chunk.version_id, version.number, version.title,
               document.source_uri, chunk.heading_path, chunk.text, chunk.start_offset, chunk.length, chunk.page,
               version.valid_from, version.valid_until
        FROM unnest($2::bigint[]) AS wanted (chunk_id)
        CROSS JOIN LATERAL (
            SELECT chunk_id, collection_id, document_id, version_id, heading_path, text, start_offset, length, page
            FROM chunk WHERE tenant_id = $1 AND chunk_id = wanted.chunk_id OFFSET 0) AS chunk
        CROSS JOIN LATERAL (
            SELECT number, title, valid_from, valid_until
            FROM document_version WHERE tenant_id = $1 AND version_id = chunk.version_id OFFSET 0) AS version
        CROSS JOIN LATERAL (
            SELECT source_uri FROM document WHERE tenant_id = $1 AND document_id = chunk.document_id OFFSET 0) AS document
        """;
}
