namespace AiApp.Rag.Retrieval;

internal static class RetrievalSql
{
    /// <summary>$1 tenant, $2 principals, $3 collection name or null. One row.</summary>
    public const string Scope = """
        WITH permitted AS MATERIALIZED (
            SELECT coalesce(array_agg(reader_set_id), '{}') AS ids FROM reader_set WHERE tenant_id = $1 AND principals && $2
        )
        SELECT coalesce(array_agg(collection_id), '{}'), coalesce(array_agg(DISTINCT language::text), '{}'),
               (SELECT ids FROM permitted), coalesce(sum(readable.chunk_count), 0)::bigint
        FROM collection
        CROSS JOIN LATERAL (
            SELECT sum(chunk_count) AS chunk_count FROM chunk_statistic
            WHERE tenant_id = $1 AND collection_id = collection.collection_id
              AND reader_set_id = ANY ((SELECT ids FROM permitted)::integer[])) AS readable
        WHERE tenant_id = $1 AND ($3::text IS NULL OR name = $3)
        """;

    /// <summary>$1 tenant, $2 chunk ids, $3 reader set ids. Row by row through the primary keys, whatever the planner knows of the tables.</summary>
    public const string FetchChunks = """
        SELECT chunk.chunk_id, chunk.collection_id, chunk.document_id, chunk.version_id, version.number, version.title,
               document.source_uri, chunk.heading_path, chunk.text, chunk.start_offset, chunk.length, chunk.page,
               version.valid_from, version.valid_until
        FROM unnest($2::bigint[]) AS wanted (chunk_id)
        CROSS JOIN LATERAL (
            SELECT chunk_id, collection_id, document_id, version_id, heading_path, text, start_offset, length, page
            FROM chunk WHERE tenant_id = $1 AND chunk_id = wanted.chunk_id AND reader_set_id = ANY ($3) OFFSET 0) AS chunk
        CROSS JOIN LATERAL (
            SELECT number, title, valid_from, valid_until
            FROM document_version WHERE tenant_id = $1 AND version_id = chunk.version_id OFFSET 0) AS version
        CROSS JOIN LATERAL (
            SELECT source_uri FROM document WHERE tenant_id = $1 AND document_id = chunk.document_id OFFSET 0) AS document
        """;
}
