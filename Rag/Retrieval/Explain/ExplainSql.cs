using AiApp.Rag.Access;

namespace AiApp.Rag.Retrieval.Explain;

internal static class ExplainSql
{
    /// <summary>$1 tenant, $2 chunk ids, $3 reader set ids, $4 vectors of one lexeme each, with IDF. What each lexeme adds to each chunk's score.</summary>
    public const string TermProducts = """
        SELECT chunk_id, term.place, -(bm25 <#> term.vector)
        FROM permitted_lexical_index
        CROSS JOIN (SELECT place, vector::sparsevec AS vector
                    FROM unnest($4::text[]) WITH ORDINALITY AS given (vector, place) OFFSET 0) AS term
        WHERE tenant_id = $1 AND chunk_id = ANY ($2) AND reader_set_id = ANY ($3) AND bm25 <#> term.vector < 0
        """;

    /// <summary>
    /// $1 tenant, $2 collection ids, $3 reader set ids, $4 question vector with IDF, $5 score, $6 what a chunk's lexemes must match
    /// as text of a tsquery, or null. Chunk by chunk: for one document of one question.
    /// </summary>
    public const string CountAbove = """
        SELECT count(*)
        FROM permitted_lexical_index AS entry
        WHERE tenant_id = $1 AND collection_id = ANY ($2) AND reader_set_id = ANY ($3) AND -(bm25 <#> (SELECT $4::text::sparsevec)) > $5
          AND ($6::text IS NULL
               OR (SELECT lexemes @@ (SELECT $6::text::tsquery) FROM chunk WHERE tenant_id = $1 AND chunk_id = entry.chunk_id))
        """;

    /// <summary>
    /// $1 tenant, $2 chunk ids, $3 reader set ids, $4 text-search configurations, $5 phrases or excluded words, $6 what
    /// one of stop words only counts as. Which chunks hold which of them, by its place from 1.
    /// </summary>
    public const string FindHolders = """
        SELECT chunk_id, given.place
        FROM chunk
        CROSS JOIN unnest($5::text[]) WITH ORDINALITY AS given (words, place)
        WHERE tenant_id = $1 AND chunk_id = ANY ($2) AND reader_set_id = ANY ($3)
          AND (SELECT coalesce(bool_or(lexemes @@ phraseto_tsquery(language::regconfig, words))
                                   FILTER (WHERE numnode(phraseto_tsquery(language::regconfig, words)) > 0), $6)
               FROM unnest($4::text[]) AS language)
        """;

    /// <summary>{space} is the table of the embedding space. $1 tenant, $2 chunk ids, $3 question embedding.</summary>
    public const string Similarities = """
        SELECT chunk_id, 1 - (embedding <=> $3) FROM {space} WHERE tenant_id = $1 AND chunk_id = ANY ($2)
        """;

    /// <summary>$1 tenant, $2 document, $3 reader set ids.</summary>
    public const string ListChunks = """
        SELECT chunk_id, heading_path FROM chunk WHERE tenant_id = $1 AND document_id = $2 AND reader_set_id = ANY ($3) ORDER BY ordinal
        """;

    /// <summary>$1 tenant, $2 principals, $3 source URI, $4 collection name or null.</summary>
    public const string FindDocuments = $"""
        SELECT document_id
        FROM document JOIN collection USING (tenant_id, collection_id)
        WHERE tenant_id = $1 AND reader_set_id = ANY ({Permitted.Sets}) AND source_uri = $3 AND ($4::text IS NULL OR name = $4)
        ORDER BY document_id
        """;
}
