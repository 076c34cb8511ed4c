using AiApp.Rag.Access;

namespace AiApp.Rag.Jobs;

/// <summary>The queue as its tenant sees it: $1 tenant, $2 the caller's principals; of documents that it may not read nothing is counted.</summary>
internal static class QueueSql
{
    /// <summary>$3 a collection or null, $4 the last document of the part before. The documents are locked; their jobs come second.</summary>
    internal const string LockQueued = $"""
        SELECT d.document_id
        FROM job AS j JOIN document AS d ON d.tenant_id = j.tenant_id AND d.document_id = j.document_id
        WHERE j.tenant_id = $1 AND j.document_id > $4 AND d.reader_set_id = ANY ({Permitted.Sets})
          AND ($3::text IS NULL OR d.collection_id = (SELECT collection_id FROM collection WHERE tenant_id = $1 AND name = $3::text))
        ORDER BY j.document_id
        LIMIT $5
        FOR UPDATE OF d
        """;

    /// <summary>$3 a collection or null, $4 a code or null, $5 class, $6 whether files are read again, $7 how many at most, $8 the last document of the part before.</summary>
    internal const string Retry = $"""
        WITH failed AS (
            SELECT document_id
            FROM document
            WHERE tenant_id = $1 AND document_id > $8 AND status = 'failed' AND reader_set_id = ANY ({Permitted.Sets}) AND ($4::text IS NULL OR failure_code = $4::text)
              AND ($3::text IS NULL OR collection_id = (SELECT collection_id FROM collection WHERE tenant_id = $1 AND name = $3::text))
            ORDER BY document_id
            LIMIT $7
            FOR UPDATE
        ), stopped AS (
            UPDATE document AS d
            SET status = 'waiting', stage = 'received', failure_code = NULL, failure_reason = NULL, updated_at = now()
            FROM failed
            WHERE d.tenant_id = $1 AND d.document_id = failed.document_id
            RETURNING d.tenant_id, d.document_id, d.content_hash
        ), queued AS (
            INSERT INTO job (tenant_id, document_id, content_hash, priority, reads_anew)
            SELECT tenant_id, document_id, content_hash, $5, $6 FROM stopped
            ON CONFLICT DO NOTHING
        )
        SELECT document_id, pg_notify('document_changed', tenant_id || ':' || document_id), pg_notify('job_available', '')
        FROM stopped
        ORDER BY document_id
        """;

    internal const string Pause = """
        WITH paused AS (
            INSERT INTO queue_pause (tenant_id, paused_by, reason)
            VALUES ($1, $2, $3)
            ON CONFLICT (tenant_id) DO UPDATE SET paused_by = excluded.paused_by, reason = excluded.reason
            RETURNING paused_at
        )
        SELECT paused_at FROM paused
        """;

    internal const string Resume = """
        WITH resumed AS (
            DELETE FROM queue_pause WHERE tenant_id = $1 RETURNING tenant_id
        )
        SELECT pg_notify('job_available', '') FROM resumed
        """;

    internal const string FindPause = "SELECT paused_at, paused_by, reason FROM queue_pause WHERE tenant_id = $1";

    internal const string CountJobs = $"""
        SELECT count(*) FILTER (WHERE j.state = 'available' AND j.priority = 1)::integer,
               count(*) FILTER (WHERE j.state = 'available' AND j.priority = 2)::integer,
               count(*) FILTER (WHERE j.state = 'available' AND j.priority = 3)::integer,
               count(*) FILTER (WHERE j.state = 'running')::integer,
               count(*) FILTER (WHERE j.state = 'retryable')::integer,
               min(j.run_at) FILTER (WHERE j.state = 'retryable'),
               min(j.created_at) FILTER (WHERE j.state <> 'running'),
               min(j.started_at) FILTER (WHERE j.state = 'running'),
               now()
        FROM job AS j JOIN document AS d ON d.tenant_id = j.tenant_id AND d.document_id = j.document_id
        WHERE j.tenant_id = $1 AND d.reader_set_id = ANY ({Permitted.Sets})
        """;

    internal const string CountFailed =
        $"SELECT count(*)::integer FROM document WHERE tenant_id = $1 AND status = 'failed' AND reader_set_id = ANY ({Permitted.Sets})";

    /// <summary>$3 length of a slice of time in seconds, $4 how many slices back from now: each with what was completed in it.</summary>
    internal const string CountCompleted = $"""
        SELECT floor(extract(epoch FROM now() - f.finished_at) / $3::integer)::integer AS slice, count(*)::integer, coalesce(sum(f.chunk_count), 0)::bigint
        FROM finished_job AS f JOIN document AS d ON d.tenant_id = f.tenant_id AND d.document_id = f.document_id
        WHERE f.tenant_id = $1 AND f.state = 'completed' AND f.finished_at > now() - make_interval(secs => $3::integer * $4::integer)
          AND f.finished_at <= now() AND d.reader_set_id = ANY ({Permitted.Sets})
        GROUP BY slice
        """;
}
