namespace AiApp.Rag.Ingestion.Embedding;

internal static class EmbeddingSql
{
    /// <summary>
    /// $1 tenant, $2 hashes of what is embedded. The place in $2, from 1, of each that a chunk of the tenant already has a vector for.
    /// {space} is the table of the embedding space.
    /// </summary>
    public const string FindKnown = """
        SELECT wanted.place, known.embedding
        FROM unnest($2::bytea[]) WITH ORDINALITY AS wanted (hash, place)
        CROSS JOIN LATERAL (
            SELECT vector.embedding
            FROM chunk JOIN {space} AS vector ON vector.tenant_id = chunk.tenant_id AND vector.chunk_id = chunk.chunk_id
            WHERE chunk.tenant_id = $1 AND embedding_input_hash(chunk.heading_path, chunk.text) = wanted.hash
            LIMIT 1) AS known
        """;
}
