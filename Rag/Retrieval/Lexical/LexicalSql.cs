namespace AiApp.Rag.Retrieval.Lexical;

internal static class LexicalSql
{
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

    /// <summary>$1 tenant, $2 collection ids, $3 candidates as a tsquery, $4 question vector with IDF, $5 depth, $6 reader set ids.</summary>
    public const string LexicalLeg = """
        SELECT chunk_id, -(bm25 <#> $4::sparsevec)
        FROM permitted_chunk
        WHERE tenant_id = $1 AND collection_id = ANY ($2) AND reader_set_id = ANY ($6) AND lexemes @@ $3::tsquery
        ORDER BY bm25 <#> $4::sparsevec, chunk_id
        LIMIT $5
        """;
}
