namespace AiApp.Rag.Retrieval;

internal static class RetrievalSql
{
    /// <summary>
    /// $1 tenant, $2 principals, $3 collection name or null. One row. The sets are looked up in a hash: as a second array beside
    /// that of the policy, an index scan would try every pair of them.
    /// </summary>
    public const string Scope = """
        WITH permitted AS MATERIALIZED (
            SELECT coalesce(array_agg(reader_set_id), '{}') AS ids FROM reader_set WHERE tenant_id = $1 AND principals && $2
        )
        SELECT coalesce(array_agg(DISTINCT collection_id), '{}'),
               coalesce(array_agg(DISTINCT coalesce(readable.language, collection.language)::text), '{}'),
               (SELECT ids FROM permitted), coalesce(sum(readable.chunk_count), 0)::bigint, pg_current_snapshot()::text, pg_postmaster_start_time()
        FROM collection
        LEFT JOIN LATERAL (
            SELECT language, sum(chunk_count) AS chunk_count FROM chunk_statistic
            WHERE tenant_id = $1 AND collection_id = collection.collection_id
              AND (reader_set_id IN (SELECT unnest(ids) FROM permitted)) IS TRUE
            GROUP BY language
            HAVING sum(chunk_count) > 0) AS readable ON true
        WHERE tenant_id = $1 AND ($3::text IS NULL OR name = $3)
        """;

    /// <summary>
    /// $1 tenant, $2 chunk ids, $3 how many of them, from the first, bring their neighbours of the same section, $4 reader set ids. Row by row
    /// through the keys, whatever the planner knows of the tables. The gap is the literal text between a chunk and the one
    /// before it: offsets count UTF-16 code units, so a character beyond them stands for two.
    /// </summary>
    public const string FetchChunks = """
        WITH found AS MATERIALIZED (
            SELECT wanted.place, chunk.*
            FROM unnest($2::bigint[]) WITH ORDINALITY AS wanted (chunk_id, place)
            CROSS JOIN LATERAL (
                SELECT chunk_id, collection_id, document_id, version_id, ordinal, heading_path, text, start_offset, length, page, token_count
                FROM chunk WHERE tenant_id = $1 AND chunk_id = wanted.chunk_id AND reader_set_id = ANY ($4) OFFSET 0) AS chunk
        ), beside AS MATERIALIZED (
            SELECT DISTINCT ON (chunk.chunk_id) NULL::bigint AS place, chunk.*
            FROM found
            CROSS JOIN LATERAL (
                SELECT chunk_id, collection_id, document_id, version_id, ordinal, heading_path, text, start_offset, length, page, token_count
                FROM chunk
                WHERE tenant_id = $1 AND version_id = found.version_id AND ordinal IN (found.ordinal - 1, found.ordinal + 1)
                  AND heading_path = found.heading_path AND chunk_id <> ALL ($2) AND reader_set_id = ANY ($4) OFFSET 0) AS chunk
            WHERE found.place <= $3
        ), read AS MATERIALIZED (
            SELECT * FROM found UNION ALL SELECT * FROM beside
        )
        SELECT chunk.chunk_id, chunk.collection_id, chunk.document_id, chunk.version_id, version.number, version.title,
               document.source_uri, chunk.heading_path, chunk.text, chunk.start_offset, chunk.length, chunk.page,
               version.valid_from, version.valid_until, chunk.ordinal, chunk.token_count, chunk.place,
               (SELECT substr(
                           CASE WHEN version.canonical_text ~ '[\U00010000-\U0010FFFF]'
                                THEN regexp_replace(version.canonical_text, '[\U00010000-\U0010FFFF]', '..', 'g')
                                ELSE version.canonical_text END,
                           before.start_offset + before.length + 1, chunk.start_offset - before.start_offset - before.length)
                FROM read AS before
                WHERE before.version_id = chunk.version_id AND before.ordinal = chunk.ordinal - 1
                  AND before.heading_path = chunk.heading_path AND before.start_offset + before.length <= chunk.start_offset),
               version.pages, version.changed_in
        FROM read AS chunk
        CROSS JOIN LATERAL (
            SELECT number, title, valid_from, valid_until, canonical_text, pages, changed_in
            FROM document_version WHERE tenant_id = $1 AND version_id = chunk.version_id OFFSET 0) AS version
        CROSS JOIN LATERAL (
            SELECT source_uri
            FROM document
            WHERE tenant_id = $1 AND document_id = chunk.document_id AND current_version_id = chunk.version_id OFFSET 0) AS document
        ORDER BY chunk.place
        """;

    /// <summary>$1 tenant, $2 chunk ids, $3 what their lexemes must match, as text of a tsquery, $4 reader set ids.</summary>
    public const string FindMatching = """
        SELECT chunk_id
        FROM unnest($2::bigint[]) AS wanted (id)
        CROSS JOIN LATERAL (
            SELECT chunk_id, lexemes FROM chunk
            WHERE tenant_id = $1 AND chunk_id = wanted.id AND reader_set_id = ANY ($4) OFFSET 0) AS chunk
        WHERE lexemes @@ (SELECT $3::text::tsquery)
        """;
}
