namespace AiApp.Rag.Ingestion.Indexing;

/// <summary>What is asked of queue and indexes.</summary>
internal static class IndexingSql
{
    /// <summary>$1: where to stop counting. What is paused does not come, and must not keep an index away.</summary>
    public const string CountWaiting = """
        SELECT count(*)::integer
        FROM (SELECT FROM job
              WHERE state IN ('available', 'retryable') AND run_at <= now() AND tenant_id NOT IN (SELECT tenant_id FROM queue_pause)
              LIMIT $1) AS waiting
        """;

    /// <summary>$1 table of the space. An index whose building broke off is there and not valid.</summary>
    public const string IsIndexed = """
        SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1 || '_by_distance') AND indisvalid)
        """;

    /// <summary>Whether the index of words collects new entries first.</summary>
    public const string IsCollecting = """
        SELECT coalesce('fastupdate=on' = ANY (reloptions), false) FROM pg_class WHERE oid = 'lexical_index_by_token'::regclass
        """;
}
