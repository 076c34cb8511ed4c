namespace AiApp.Rag.Ingestion.Filling;

/// <summary>{space} is the table of the embedding space. All instants are the database's: workers' clocks may differ.</summary>
internal static class FillSql
{
    /// <summary>
    /// $1 duration of the lease, $2 models and $3 dimensions that this worker can call. The vectors themselves tell how far a space
    /// is filled, so a lease that ends early loses nothing but one batch.
    /// </summary>
    internal const string Claim = """
        UPDATE embedding_space
        SET lease_token = gen_random_uuid(), lease_until = now() + $1::interval
        WHERE embedding_space_id = (
            SELECT embedding_space_id
            FROM embedding_space JOIN unnest($2::text[], $3::integer[]) AS known (model, dimensions) USING (model, dimensions)
            WHERE filled_at IS NULL AND (lease_until IS NULL OR lease_until < now())
            ORDER BY state = 'current' DESC, embedding_space_id
            LIMIT 1
            FOR UPDATE OF embedding_space SKIP LOCKED)
        RETURNING embedding_space_id, model, dimensions, table_name::text, lease_token
        """;

    /// <summary>$1 tenant and $2 chunk id behind which to look, $3 how many. Chunks of all tenants that lack a vector, in the order of the key.</summary>
    internal const string ListMissing = """
        SELECT tenant_id, chunk_id, heading_path, text
        FROM chunk
        WHERE (tenant_id, chunk_id) > ($1, $2)
          AND NOT EXISTS (SELECT FROM {space} AS made WHERE made.tenant_id = chunk.tenant_id AND made.chunk_id = chunk.chunk_id)
        ORDER BY tenant_id, chunk_id
        LIMIT $3
        """;

    /// <summary>
    /// $1 tenants, $2 chunk ids, $3 embeddings. FOR SHARE waits for a document that is being replaced, whose chunks are gone then, and
    /// for readers that are being changed, so that no vector is added under the old ones.
    /// </summary>
    internal const string AddVectors = """
        WITH present AS (
            SELECT chunk.tenant_id, chunk.collection_id, chunk.reader_set_id, chunk.chunk_id, given.embedding
            FROM unnest($1::integer[], $2::bigint[], $3::halfvec[]) AS given (tenant_id, chunk_id, embedding)
            JOIN chunk ON chunk.tenant_id = given.tenant_id AND chunk.chunk_id = given.chunk_id
            FOR SHARE OF chunk
        )
        INSERT INTO {space} (tenant_id, collection_id, reader_set_id, chunk_id, embedding)
        SELECT tenant_id, collection_id, reader_set_id, chunk_id, embedding
        FROM present
        ON CONFLICT DO NOTHING
        """;

    /// <summary>$1 space, $2 token, $3 duration of the lease, $4 chunks per second of the last batch. No row when the lease is lost.</summary>
    internal const string Renew = """
        UPDATE embedding_space
        SET lease_until = now() + $3::interval, chunks_per_second = $4
        WHERE embedding_space_id = $1 AND lease_token = $2
        RETURNING embedding_space_id
        """;

    /// <summary>$1 space, $2 token. No row when chunks still lack a vector, or the lease is lost.</summary>
    internal const string Finish = """
        UPDATE embedding_space
        SET filled_at = now(), state = CASE state WHEN 'filling' THEN 'ready' ELSE state END, chunks_per_second = NULL,
            lease_token = NULL, lease_until = NULL
        WHERE embedding_space_id = $1 AND lease_token = $2
          AND NOT EXISTS (
              SELECT FROM chunk
              WHERE NOT EXISTS (SELECT FROM {space} AS made WHERE made.tenant_id = chunk.tenant_id AND made.chunk_id = chunk.chunk_id))
        RETURNING embedding_space_id
        """;

    /// <summary>$1 space, $2 token.</summary>
    internal const string Release = """
        UPDATE embedding_space
        SET lease_token = NULL, lease_until = NULL, chunks_per_second = NULL
        WHERE embedding_space_id = $1 AND lease_token = $2
        """;
}
