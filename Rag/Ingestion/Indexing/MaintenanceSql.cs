namespace AiApp.Rag.Ingestion.Indexing;

/// <summary>
/// {space} is the table of an embedding space. Run as the owner of the tables, on connections of their own that are closed afterwards:
/// what is set here ends with them.
/// </summary>
internal static class MaintenanceSql
{
    /// <summary>Held by the connection, because building cannot be part of a transaction; ends with it.</summary>
    public const string TryHold = "SELECT pg_try_advisory_lock(hashtextextended('aiapp.distance_index', 0))";

    /// <summary>The server notices a closed connection when it gets round to it, and the next look may come sooner.</summary>
    public const string Release = "SELECT pg_advisory_unlock(hashtextextended('aiapp.distance_index', 0))";

    /// <summary>Searches wait behind this lock for as long as it waits: rather not dropped now than slow for everybody.</summary>
    public const string WaitBriefly = "SELECT set_config('lock_timeout', '2s', false)";

    /// <summary>$1 memory, $2 parallel workers.</summary>
    public const string PrepareBuild = """
        SELECT set_config('lock_timeout', '0', false), set_config('statement_timeout', '0', false),
               set_config('maintenance_work_mem', $1::integer || 'MB', false), set_config('max_parallel_maintenance_workers', $2::integer::text, false)
        """;

    /// <summary>
    /// Plans that were made while these were empty read a whole tenant instead of a row, those of foreign keys too; they are made
    /// anew after this.
    /// </summary>
    public const string Measure = "ANALYZE document, document_version, content, job, chunk, lexical_index, lexeme_statistic";

    /// <summary>1 MB: four times cheaper to write, a millisecond or two more to read. Measured over 15,000 chunks.</summary>
    public const string CollectWords = "ALTER INDEX lexical_index_by_token SET (fastupdate = on, gin_pending_list_limit = 1024)";

    public const string SortWordsAtOnce = "ALTER INDEX lexical_index_by_token SET (fastupdate = off)";

    public const string SortCollectedWords = "SELECT gin_clean_pending_list('lexical_index_by_token')";

    public const string Drop = "DROP INDEX IF EXISTS {space}_by_distance";

    /// <summary>The settings of finish_embedding_table in the schema. Concurrently: documents are published, deleted and closed to readers meanwhile.</summary>
    public const string Build = """
        CREATE INDEX CONCURRENTLY {space}_by_distance ON {space} USING hnsw (embedding halfvec_cosine_ops) WITH (m = 24, ef_construction = 200)
        """;
}
