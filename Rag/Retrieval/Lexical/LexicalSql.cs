namespace AiApp.Rag.Retrieval.Lexical;

internal static class LexicalSql
{
    /// <summary>
    /// $1 tenant, $2 collection ids, $3 text-search configurations, $4 question, $5 its phrases. The empty lexeme counts all
    /// chunks. One look into the index for each lexeme: a join is planned as a scan of all statistics while the table is not
    /// yet analysed. In several languages a phrase may be met in any, so that none of its lexemes is required.
    /// </summary>
    public const string AnalyzeQuestion = """
        SELECT term.lexeme, lexeme_dimension(term.lexeme), term.frequency, counted.chunk_count, counted.max_weight,
               cardinality($3::text[]) = 1 AND term.lexeme = ANY (
                   ARRAY(SELECT unnest(tsvector_to_array(to_tsvector(($3::text[])[1]::regconfig, phrase))) FROM unnest($5::text[]) AS phrase))
        FROM (SELECT parsed.lexeme, max(cardinality(parsed.positions)) AS frequency
              FROM unnest($3::text[]) AS language, unnest(to_tsvector(language::regconfig, $4)) AS parsed
              GROUP BY parsed.lexeme
              UNION ALL SELECT '', 1) AS term
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(statistic.chunk_count), 0)::bigint AS chunk_count, coalesce(max(statistic.max_weight), 0)::real AS max_weight
            FROM unnest($2::integer[]) AS searched (collection_id)
            CROSS JOIN LATERAL (SELECT chunk_count, max_weight FROM lexeme_statistic
                                WHERE tenant_id = $1 AND collection_id = searched.collection_id AND lexeme = term.lexeme
                                OFFSET 0) AS statistic) AS counted
        """;

    /// <summary>
    /// $1 text-search configurations, $2 phrases, $3 exclusions. What a chunk's lexemes must match, as text of a tsquery; null
    /// when there is nothing to match, as with phrases of stop words only.
    /// </summary>
    public const string FindConstraint = """
        SELECT string_agg(sign || '(' || met || ')', ' & ')
        FROM (SELECT sign, (SELECT string_agg(DISTINCT phraseto_tsquery(language::regconfig, words)::text, ' | ')
                                   FILTER (WHERE numnode(phraseto_tsquery(language::regconfig, words)) > 0)
                            FROM unnest($1::text[]) AS language) AS met
              FROM (SELECT '' AS sign, phrase AS words FROM unnest($2::text[]) AS phrase
                    UNION ALL SELECT '!', exclusion FROM unnest($3::text[]) AS exclusion) AS given) AS condition
        WHERE met IS NOT NULL
        """;

    /// <summary>
    /// $1 tenant, $2 collection ids, $3 reader set ids, $4 question vector with IDF as text of a sparsevec, $5 depth, $6 thresholds and
    /// $7 their plans, $8 how many chunks each finds at most, $9 what a chunk's lexemes must match, as text of a tsquery, or null.
    /// </summary>
    public const string Search = """
        SELECT found_chunk_id, found_score FROM search_lexical_index($1, $2, $3, $4::text::sparsevec, $5, $6, $7, $8, $9::text::tsquery)
        """;

    /// <summary>$1 to $5 as in <see cref="Search"/>. For few chunks: each of them is scored.</summary>
    public const string ScoreAll = """
        SELECT chunk_id, -distance
        FROM (SELECT chunk_id, bm25 <#> (SELECT $4::text::sparsevec) AS distance
              FROM permitted_lexical_index
              WHERE tenant_id = $1 AND collection_id = ANY ($2) AND reader_set_id = ANY ($3)
              ORDER BY distance, chunk_id
              LIMIT $5) AS best
        WHERE distance < 0
        """;
}
