namespace AiApp.Benchmarks.Ingestion;

/// <summary>What a team would write by hand to make the same chunks searchable: one table, no tenants, no versions, no rights, no BM25.</summary>
internal static class CopySql
{
    /// <summary>$1 tenant. Chunks in the order of their documents, with what was indexed and the vector of it. {space} is the table of the space.</summary>
    public const string ListChunks = """
        SELECT chunk.heading_path, chunk.text, vector.embedding
        FROM chunk JOIN {space} AS vector USING (tenant_id, chunk_id)
        WHERE chunk.tenant_id = $1
        ORDER BY chunk.chunk_id
        """;

    public const string Drop = "DROP TABLE IF EXISTS benchmark_copy";

    /// <summary>{space} is the table of the embedding space: vectors have its dimensions.</summary>
    public const string Create = """
        CREATE TABLE benchmark_copy AS
        SELECT chunk.heading_path, chunk.text, vector.embedding FROM chunk JOIN {space} AS vector USING (tenant_id, chunk_id) WITH NO DATA
        """;

    public const string AddWords = """
        ALTER TABLE benchmark_copy
        ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (to_tsvector('english', heading_path || E'\n' || text)) STORED
        """;

    public const string IndexWords = "CREATE INDEX ON benchmark_copy USING gin (lexemes)";

    /// <summary>pgvector's own settings.</summary>
    public const string IndexVectors = "CREATE INDEX ON benchmark_copy USING hnsw (embedding halfvec_cosine_ops)";

    /// <summary>The settings of the product's index.</summary>
    public const string IndexVectorsDensely = "CREATE INDEX ON benchmark_copy USING hnsw (embedding halfvec_cosine_ops) WITH (m = 24, ef_construction = 200)";

    public const string BuildInMemory = "SELECT set_config('maintenance_work_mem', '1GB', false)";

    public const string Copy = "COPY benchmark_copy (heading_path, text, embedding) FROM STDIN (FORMAT binary)";
}
