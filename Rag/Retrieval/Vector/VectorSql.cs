namespace AiApp.Rag.Retrieval.Vector;

/// <summary>{space} is the table of an embedding space.</summary>
internal static class VectorSql
{
    /// <summary>
    /// $1 tenant, $2 collection ids, $3 reader set ids, $4 question embedding, $5 depth. OFFSET 0 keeps the distance index out:
    /// every permitted vector is compared.
    /// </summary>
    public const string Exact = """
        SELECT chunk_id, 1 - distance
        FROM (SELECT chunk_id, embedding <=> $4 AS distance
              FROM {space}
              WHERE tenant_id = $1 AND collection_id = ANY ($2) AND (reader_set_id IN (SELECT unnest($3::integer[]))) IS TRUE
              OFFSET 0) AS permitted
        ORDER BY distance, chunk_id
        LIMIT $5
        """;

    /// <summary>
    /// For the rest of the transaction: $1 is the length of the candidate list. Without sorting, the distance index is the only
    /// way to an order; left to itself the planner believes a filter more selective than it is.
    /// </summary>
    public const string UseDistanceIndex = """
        SELECT set_config('hnsw.ef_search', $1::integer::text, true), set_config('enable_sort', 'off', true)
        """;

    /// <summary>Parameters as in <see cref="Exact"/>. Nearly in order, and fewer rows than there are when the scan gave up.</summary>
    public const string Nearest = """
        SELECT chunk_id, 1 - (embedding <=> $4)
        FROM {space}
        WHERE tenant_id = $1 AND collection_id = ANY ($2) AND (reader_set_id IN (SELECT unnest($3::integer[]))) IS TRUE
        ORDER BY embedding <=> $4
        LIMIT $5
        """;

    /// <summary>The number of vectors from the size of the table: a row is its embedding, 2 bytes a dimension, and 60 bytes; a page has room for 8160.</summary>
    public const string ListSpaces = """
        SELECT embedding_space_id, model, dimensions, table_name::text, state, filled_at IS NOT NULL,
               coalesce(pg_relation_size(to_regclass(table_name::text)) / 8192 * greatest(1, 8160 / (2 * dimensions + 60)), 0)
        FROM embedding_space
        ORDER BY embedding_space_id
        """;

    /// <summary>$1 model, $2 dimensions.</summary>
    public const string EnsureSpace = "SELECT embedding_space_id FROM ensure_embedding_space($1, $2)";

    /// <summary>Held by whoever writes vectors until its transaction ends: no space comes, goes or is called filled meanwhile.</summary>
    public const string HoldSpaces = "SELECT pg_advisory_xact_lock_shared(hashtextextended('aiapp.embedding_space', 0))";

    /// <summary>$1 ids of the spaces that have just been written; in all others chunks lack a vector now.</summary>
    public const string MarkGaps = """
        UPDATE embedding_space
        SET filled_at = NULL, state = CASE state WHEN 'ready' THEN 'filling' ELSE state END
        WHERE embedding_space_id <> ALL ($1::integer[]) AND filled_at IS NOT NULL
        """;
}
