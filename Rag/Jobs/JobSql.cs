namespace AiApp.Rag.Jobs;

/// <summary>States and their words: docs/job-states.md. All instants are the database's: workers' clocks may differ.</summary>
internal static class JobSql
{
    /// <summary>The payload of <c>job_available</c> is empty, that of <c>job_stopped</c> a job's id.</summary>
    internal const string Listen = "LISTEN job_available; LISTEN job_stopped";

    /// <summary>$1 lease, $2 a tenant: a job that is due of the tenants behind it, $3 tenants whose longest due job is taken, whatever its class.</summary>
    internal const string ClaimNext =
        "SELECT tenant_id, job_id, document_id, attempt::integer, max_attempts::integer, lease_token FROM claim_job($1, $2, $3)";

    /// <summary>$1 lease, $2 tenant, $3 the job that was claimed, $4 how many more at most, $5 the largest upload in bytes.</summary>
    internal const string ClaimMore =
        "SELECT tenant_id, job_id, document_id, attempt::integer, max_attempts::integer, lease_token FROM claim_more($1, $2, $3, $4, $5)";

    /// <summary>Which of these jobs are still held; changes nothing and waits for nobody.</summary>
    internal const string ListHeld = """
        SELECT j.job_id
        FROM unnest($1::integer[], $2::bigint[], $3::uuid[]) AS mine (tenant_id, job_id, lease_token)
        JOIN job AS j USING (tenant_id, job_id, lease_token)
        WHERE j.state = 'running'
        """;

    /// <summary>
    /// Returns the jobs still held. One that is locked at this moment is being finished by its own worker: it is held, and
    /// waiting for it would keep the other leases from being renewed.
    /// </summary>
    internal const string Renew = """
        WITH held AS (
            SELECT j.tenant_id, j.job_id
            FROM unnest($1::integer[], $2::bigint[], $3::uuid[]) AS mine (tenant_id, job_id, lease_token)
            JOIN job AS j USING (tenant_id, job_id, lease_token)
            WHERE j.state = 'running'
        ), free AS (
            SELECT j.tenant_id, j.job_id, j.lease_token
            FROM job AS j JOIN held USING (tenant_id, job_id)
            FOR UPDATE OF j SKIP LOCKED
        ), renewed AS (
            UPDATE job AS j
            SET lease_until = now() + $4::interval
            FROM free, unnest($1::integer[], $2::bigint[], $3::uuid[]) AS mine (tenant_id, job_id, lease_token)
            WHERE j.tenant_id = free.tenant_id AND j.job_id = free.job_id
              AND mine.tenant_id = j.tenant_id AND mine.job_id = j.job_id AND mine.lease_token = j.lease_token
        )
        SELECT job_id FROM held
        """;

    /// <summary>For the rest of the transaction: $1 the stage and $2 the reason that the timeline tells of what happens to a job.</summary>
    internal const string Tell = "SELECT set_config('aiapp.stage', $1, true), set_config('aiapp.reason', $2, true)";

    internal const string LockDocument = "SELECT FROM document WHERE tenant_id = $1 AND document_id = $2 FOR UPDATE";

    /// <summary>Gives the job back: $5 is the pause, $6 whether the attempt counts.</summary>
    internal const string Retry = """
        WITH freed AS (
            UPDATE job
            SET state = CASE WHEN $5::interval > interval '0' THEN 'retryable' ELSE 'available' END,
                run_at = now() + $5::interval, attempt = attempt - CASE WHEN $6 THEN 0 ELSE 1 END, reason = $7,
                lease_token = NULL, lease_until = NULL
            WHERE tenant_id = $1 AND document_id = $2 AND job_id = $3 AND lease_token = $4 AND state = 'running'
            RETURNING tenant_id, document_id
        ), shown AS (
            UPDATE document AS d
            SET status = 'waiting', stage = 'received', updated_at = now()
            FROM freed
            WHERE d.tenant_id = freed.tenant_id AND d.document_id = freed.document_id
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id), pg_notify('job_available', '')
        FROM shown
        """;

    internal const string Discard = """
        WITH discarded AS (
            DELETE FROM job
            WHERE tenant_id = $1 AND document_id = $2 AND job_id = $3 AND lease_token = $4 AND state = 'running'
            RETURNING *
        ), finished AS (
            INSERT INTO finished_job (tenant_id, job_id, document_id, state, attempt, crash_count, reason, created_at, started_at)
            SELECT tenant_id, job_id, document_id, 'discarded', attempt, crash_count, $5, created_at, started_at
            FROM discarded
        ), shown AS (
            UPDATE document AS d
            SET status = 'failed', failure_code = $5, failure_reason = $6, updated_at = now()
            FROM discarded
            WHERE d.tenant_id = discarded.tenant_id AND d.document_id = discarded.document_id
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM shown
        """;

    /// <summary>After a restart of the server every worker gets one lease to come back: an outage is nobody's crash.</summary>
    internal const string ListExpired = """
        SELECT tenant_id, job_id, document_id, attempt::integer, max_attempts::integer, lease_token, crash_count::integer
        FROM job
        WHERE state = 'running' AND lease_until < now() AND pg_postmaster_start_time() < now() - $1::interval
        ORDER BY lease_until
        LIMIT 100
        """;

    /// <summary>
    /// Counts a crash, which is not an attempt that failed, and gives the job back unless that was the last of $6 crashes. $5 whether
    /// the crash was seen; else the lease must still be over.
    /// </summary>
    internal const string Rescue = """
        WITH freed AS (
            UPDATE job
            SET state = 'available', run_at = now(), crash_count = crash_count + 1, attempt = attempt - 1,
                lease_token = NULL, lease_until = NULL
            WHERE tenant_id = $1 AND document_id = $2 AND job_id = $3 AND lease_token = $4 AND state = 'running'
              AND ($5 OR lease_until < now()) AND crash_count + 1 < $6
            RETURNING tenant_id, document_id
        ), shown AS (
            UPDATE document AS d
            SET status = 'waiting', stage = 'received', updated_at = now()
            FROM freed
            WHERE d.tenant_id = freed.tenant_id AND d.document_id = freed.document_id
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id), pg_notify('job_available', '')
        FROM shown
        """;

    internal const string CountLastCrash = """
        UPDATE job
        SET crash_count = crash_count + 1
        WHERE tenant_id = $1 AND document_id = $2 AND job_id = $3 AND lease_token = $4 AND state = 'running' AND lease_until < now()
        """;

    /// <summary>$2 documents, which are locked. Whoever runs one of their jobs is told to stop. Tells the documents that had a job.</summary>
    internal const string Cancel = """
        WITH cancelled AS (
            DELETE FROM job WHERE tenant_id = $1 AND document_id = ANY ($2) RETURNING *
        ), finished AS (
            INSERT INTO finished_job (tenant_id, job_id, document_id, state, attempt, crash_count, created_at, started_at)
            SELECT tenant_id, job_id, document_id, 'cancelled', attempt, crash_count, created_at, started_at
            FROM cancelled
        )
        SELECT document_id, CASE WHEN state = 'running' THEN pg_notify('job_stopped', job_id::text) END
        FROM cancelled
        """;

    /// <summary>
    /// $2 documents that have just lost their job: what was searchable before is the state again, so that the bytes that were called
    /// back are a change when they come once more.
    /// </summary>
    internal const string ShowCancelled = """
        WITH shown AS (
            UPDATE document AS d
            SET status = CASE WHEN v.version_id IS NULL THEN 'cancelled' ELSE 'ready' END,
                stage = CASE WHEN v.version_id IS NULL THEN 'received' ELSE 'ready' END,
                content_hash = coalesce(v.content_hash, d.content_hash),
                size_bytes = coalesce(content_size(d.tenant_id, v.content_hash), d.size_bytes),
                failure_code = NULL, failure_reason = NULL, updated_at = now()
            FROM document AS stopped
            LEFT JOIN document_version AS v ON v.tenant_id = stopped.tenant_id AND v.version_id = stopped.current_version_id
            WHERE d.tenant_id = $1 AND d.document_id = ANY ($2) AND stopped.tenant_id = $1 AND stopped.document_id = d.document_id
            RETURNING d.tenant_id, d.document_id
        )
        SELECT pg_notify('document_changed', tenant_id || ':' || document_id)
        FROM shown
        """;

    internal const string ForgetFinished = "DELETE FROM finished_job WHERE finished_at < now() - $1::interval";

    internal const string ForgetEvents = "DELETE FROM job_event WHERE at < now() - $1::interval";
}
