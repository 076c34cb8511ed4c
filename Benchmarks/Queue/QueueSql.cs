namespace AiApp.Benchmarks.Queue;

/// <summary>A queue as full as after a year, and the least that a queue in Postgres can be.</summary>
internal static class QueueSql
{
    /// <summary>$1 tenant, $2 rows: jobs that have been finished before.</summary>
    public const string AddFinished = """
        INSERT INTO finished_job (tenant_id, job_id, document_id, state, attempt, crash_count, created_at, started_at, finished_at)
        SELECT $1, -number, gen_random_uuid(), 'completed', 1, 0, now() - interval '2 hours', now() - interval '1 hour', now() - interval '1 hour'
        FROM generate_series(1, $2) AS number
        """;

    /// <summary>$1 tenant, $2 its collection.</summary>
    public const string AddCollection = "INSERT INTO collection (tenant_id, name) VALUES ($1, $2) RETURNING collection_id";

    /// <summary>$1 tenant: documents that everyone may read.</summary>
    public const string AddReaders = "INSERT INTO reader_set (tenant_id, principals) VALUES ($1, '{everyone}') ON CONFLICT DO NOTHING";

    /// <summary>$1 tenant, $2 hashes, $3 bytes.</summary>
    public const string AddContents = """
        INSERT INTO content (tenant_id, content_hash, bytes) SELECT $1, given.hash, given.bytes FROM unnest($2::bytea[], $3::bytea[]) AS given (hash, bytes)
        """;

    /// <summary>$1 tenant, $2 collection, $3 rows, $4 hashes of contents, which repeat: documents that wait, each with its job.</summary>
    public const string AddWaiting = """
        WITH added AS (
            INSERT INTO document (tenant_id, collection_id, source_uri, reader_set_id, title, media_type, size_bytes, content_hash)
            SELECT $1, $2, number || '.md', (SELECT reader_set_id FROM reader_set WHERE tenant_id = $1 AND principals = '{everyone}'), number || '.md', 'text/markdown', 1,
                   ($4::bytea[])[1 + number % cardinality($4::bytea[])]
            FROM generate_series(1, $3) AS number
            RETURNING tenant_id, document_id, content_hash
        )
        INSERT INTO job (tenant_id, document_id, content_hash) SELECT tenant_id, document_id, content_hash FROM added
        """;

    public const string Analyze = "ANALYZE job, finished_job, document, content";

    public const string DropRaw = "DROP TABLE IF EXISTS benchmark_queue";

    public const string CreateRaw = """
        CREATE TABLE benchmark_queue (id bigint PRIMARY KEY, state text NOT NULL DEFAULT 'available', run_at timestamptz NOT NULL DEFAULT now(), payload text NOT NULL DEFAULT '')
        """;

    public const string IndexRaw = "CREATE INDEX benchmark_queue_to_claim ON benchmark_queue (run_at, id) WHERE state = 'available'";

    /// <summary>$1 rows.</summary>
    public const string FillRaw = "INSERT INTO benchmark_queue (id) SELECT number FROM generate_series(1, $1) AS number";

    public const string ClaimRaw = """
        UPDATE benchmark_queue SET state = 'running'
        WHERE id = (SELECT id FROM benchmark_queue WHERE state = 'available' AND run_at <= now() ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id
        """;

    /// <summary>$1 job.</summary>
    public const string FinishRaw = "DELETE FROM benchmark_queue WHERE id = $1";
}
