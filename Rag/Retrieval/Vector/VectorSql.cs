namespace AiApp.Rag.Retrieval.Vector;

internal static class VectorSql
{
    /// <summary>{space} is the table of the embedding space. $1 tenant, $2 collection ids, $3 question embedding, $4 depth.</summary>
    public const string VectorLeg = """
        SELECT chunk_id, 1 - (embedding <=> $3)
        FROM {space}
        WHERE tenant_id = $1 AND collection_id = ANY ($2)
        ORDER BY embedding <=> $3
        LIMIT $4
        """;

    /// <summary>$1 model, $2 dimensions.</summary>
    public const string EnsureSpace = "SELECT embedding_space_id, table_name::text FROM ensure_embedding_space($1, $2)";
}
