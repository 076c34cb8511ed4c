namespace AiApp.Rag.Sources;

/// <summary>For workers. All instants are the database's; every change of a source that runs names the lease's token.</summary>
internal static class SourceQueueSql
{
    /// <summary>
    /// $1 lease. A source whose worker fell silent is taken like one that is due, and its run becomes 'interrupted'; after a
    /// restart of the server every worker gets one lease to come back.
    /// </summary>
    internal const string ClaimNext = """
        WITH due AS (
            SELECT tenant_id, source_id
            FROM source
            WHERE (state = 'idle' AND next_run_at <= now() AND (enabled OR requested OR removing))
               OR (state = 'running' AND lease_until < now() AND pg_postmaster_start_time() < now() - $1::interval)
            ORDER BY next_run_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED
        ), interrupted AS (
            UPDATE source_run AS r
            SET outcome = 'interrupted', finished_at = now()
            FROM due
            WHERE r.tenant_id = due.tenant_id AND r.source_id = due.source_id AND r.outcome IS NULL
        ), started AS (
            INSERT INTO source_run (tenant_id, source_id)
            SELECT tenant_id, source_id FROM due
            RETURNING run_id
        )
        UPDATE source AS s
        SET state = 'running', lease_token = gen_random_uuid(), lease_until = now() + $1::interval, requested = false
        FROM due, started
        WHERE s.tenant_id = due.tenant_id AND s.source_id = due.source_id
        RETURNING s.tenant_id, s.source_id, s.lease_token, started.run_id, s.settings::text, s.collection, s.prefix,
                  (SELECT principals FROM reader_set AS r WHERE r.tenant_id = s.tenant_id AND r.reader_set_id = s.reader_set_id),
                  s.removing, s.confirmed_deletions
        """;

    /// <summary>Extends the lease and shows how far the run is. No row when the lease is lost. $4 run, $5 lease.</summary>
    internal const string Renew = """
        WITH held AS (
            UPDATE source
            SET lease_until = now() + $5::interval
            WHERE tenant_id = $1 AND source_id = $2 AND lease_token = $3 AND state = 'running'
            RETURNING tenant_id
        )
        UPDATE source_run AS r
        SET listed_count = $6, added_count = $7, changed_count = $8, unchanged_count = $9, deleted_count = $10, rejected_count = $11,
            failed_count = $12
        FROM held
        WHERE r.tenant_id = $1 AND r.run_id = $4
        RETURNING r.run_id
        """;

    /// <summary>
    /// No row when the lease is lost. $4 run, $5 outcome, $6 to $13 counts, $14 problems, $15 whether deletions were decided on,
    /// which uses up a person's confirmation, $16 the confirmation that the run knew, $17 the first pause after failures, $18 runs kept.
    /// </summary>
    internal const string Finish = """
        WITH freed AS (
            UPDATE source
            SET state = 'idle', lease_token = NULL, lease_until = NULL,
                failure_count = CASE WHEN $5 = 'failed' THEN failure_count + 1 WHEN $5 = 'interrupted' THEN failure_count ELSE 0 END,
                confirmed_deletions = CASE WHEN $15 AND confirmed_deletions IS NOT DISTINCT FROM $16::integer THEN NULL ELSE confirmed_deletions END,
                next_run_at = now() + CASE
                    WHEN requested OR ($5 = 'interrupted' AND $17::interval = interval '0') THEN interval '0'
                    WHEN $5 IN ('failed', 'interrupted') THEN least($17::interval * power(2, least(failure_count, 10)), make_interval(secs => interval_seconds))
                    ELSE make_interval(secs => interval_seconds) END
            WHERE tenant_id = $1 AND source_id = $2 AND lease_token = $3 AND state = 'running'
            RETURNING tenant_id, source_id
        ), pruned AS (
            DELETE FROM source_run AS old
            USING freed
            WHERE old.tenant_id = freed.tenant_id AND old.source_id = freed.source_id AND old.run_id <= (
                SELECT run_id FROM source_run WHERE tenant_id = $1 AND source_id = $2 ORDER BY run_id DESC OFFSET $18 LIMIT 1)
        )
        UPDATE source_run AS r
        SET outcome = $5, finished_at = now(), listed_count = $6, added_count = $7, changed_count = $8, unchanged_count = $9,
            deleted_count = $10, rejected_count = $11, failed_count = $12, held_count = $13, problems = $14::text::jsonb
        FROM freed
        WHERE r.tenant_id = freed.tenant_id AND r.run_id = $4
        RETURNING r.run_id
        """;

    /// <summary>The end of a source whose documents are deleted.</summary>
    internal const string Remove = """
        DELETE FROM source WHERE tenant_id = $1 AND source_id = $2 AND lease_token = $3 AND removing RETURNING source_id
        """;

    internal const string ListWatched = """
        SELECT tenant_id, source_id, settings::text FROM source WHERE kind = 'folder' AND enabled AND NOT removing LIMIT 1000
        """;

    /// <summary>What a watched folder gives cause for.</summary>
    internal const string Hint = """
        UPDATE source SET requested = true, next_run_at = now() WHERE tenant_id = $1 AND source_id = $2 AND enabled AND NOT requested
        """;
}
