namespace AiApp.Benchmarks.Retrieval.Exact;

internal static class ExactSql
{
    /// <summary>{space} is the table of the embedding space. $1 tenant, $2 collection name.</summary>
    public const string ListChunks = """
        SELECT chunk.chunk_id, chunk.reader_set_id, tsvector_to_array(chunk.lexemes),
               ARRAY(SELECT coalesce(cardinality(positions), 1) FROM unnest(chunk.lexemes)), vector.embedding
        FROM collection
        JOIN chunk ON chunk.tenant_id = collection.tenant_id AND chunk.collection_id = collection.collection_id
        JOIN {space} AS vector ON vector.tenant_id = chunk.tenant_id AND vector.chunk_id = chunk.chunk_id
        WHERE collection.tenant_id = $1 AND collection.name = $2
        """;

    /// <summary>$1 tenant, $2 collection name.</summary>
    public const string AverageLength = "SELECT bm25_average_length FROM collection WHERE tenant_id = $1 AND name = $2";
}
