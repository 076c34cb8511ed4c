namespace AiApp.Rag.Retrieval;

internal static class RetrievalSql
{
    /// <summary>$1 tenant, $2 collection name or null.</summary>
    public const string Scope = """
        SELECT collection_id, language::text FROM collection
        WHERE tenant_id = $1 AND ($2::text IS NULL OR name = $2)
        """;

    /// <summary>
    /// $1 tenant, $2 collection ids, $3 text-search configurations, $4 question. The empty lexeme counts all chunks. One look
    /// into the index for each lexeme: a join is planned as a scan of all statistics while the table is not yet analysed.
    /// </summary>
    public const string AnalyzeQuestion = """
        SELECT term.lexeme, lexeme_dimension(term.lexeme), term.frequency,
               (SELECT coalesce(sum(statistic.chunk_count), 0)::bigint
                FROM unnest($2::integer[]) AS searched (collection_id)
                CROSS JOIN LATERAL (SELECT chunk_count FROM lexeme_statistic
                                    WHERE tenant_id = $1 AND collection_id = searched.collection_id AND lexeme = term.lexeme
                                    OFFSET 0) AS statistic)
        FROM (SELECT parsed.lexeme, max(cardinality(parsed.positions)) AS frequency
              FROM unnest($3::text[]) AS language, unnest(to_tsvector(language::regconfig, $4)) AS parsed
              GROUP BY parsed.lexeme
              UNION ALL SELECT '', 1) AS term
        """;

    /// <summary>$1 tenant, $2 collection ids, $3 candidates as a tsquery, $4 question vector with IDF, $5 depth.</summary>
    public const string LexicalLeg = """
        SELECT chunk_id, -(bm25 <#> $4::sparsevec)
        FROM chunk
        WHERE tenant_id = $1 AND collection_id = ANY ($2) AND lexemes @@ $3::tsquery
        ORDER BY bm25 <#> $4::sparsevec, chunk_id
        LIMIT $5
        """;

    /// <summary>{space} is the table of the embedding space. $1 tenant, $2 collection ids, $3 question embedding, $4 depth.</summary>
    public const string VectorLeg = """
        SELECT chunk_id, 1 - (embedding <=> $3)
        FROM {space}
        WHERE tenant_id = $1 AND collection_id = ANY ($2)
        ORDER BY embedding <=> $3
        LIMIT $4
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

    /// <summary>$1 model, $2 dimensions.</summary>
    public const string EnsureSpace = "SELECT embedding_space_id, table_name::text FROM ensure_embedding_space($1, $2)";
}
