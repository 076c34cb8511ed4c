namespace AiApp.Rag.Agents;

/// <summary>For whoever asked. Every statement runs behind the owner: the policies rest on it.</summary>
internal static class AgentSql
{
    public const string Add = """
        INSERT INTO agent_run (tenant_id, run_id, asked_by, api_key_id, principals, question, collection, max_steps, max_seconds, max_cost,
                               deadline_at, trace_parent)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::integer, $10, now() + make_interval(secs => $9::integer), $11)
        """;

    public const string Find = $"""
        SELECT {AgentRows.RunColumns}
        FROM agent_run
        WHERE tenant_id = $1 AND run_id = $2
        """;

    /// <summary>Newest first. $2 who asks, $3 and $4 the last of the page before, $5 how many.</summary>
    public const string List = $"""
        SELECT {AgentRows.RunColumns}, run_id
        FROM agent_run
        WHERE tenant_id = $1 AND asked_by = $2 AND (created_at, run_id) < ($3, $4)
        ORDER BY created_at DESC, run_id DESC
        LIMIT $5
        """;

    public const string ListSteps = """
        SELECT number, kind, state, response::text, tool, call_id, arguments, result, passages::text, derivation::text, summary, is_tainted,
               approval_hash, approval_until, may_have_happened, cost, started_at, ended_at,
               coalesce(approval_until > now(), false), approval_count
        FROM agent_step
        WHERE tenant_id = $1 AND run_id = $2
        ORDER BY number
        """;

    /// <summary>
    /// $3 step, $4 the hash of what was shown, $5 'approved' or 'declined', $6 what whoever decides may read now, $7 for how long an
    /// approval can be used. No row when that is not what waits for a decision, or not any more.
    /// </summary>
    public const string Decide = """
        WITH waiting AS (
            SELECT run_id FROM agent_run
            WHERE tenant_id = $1 AND run_id = $2 AND state = 'waiting_approval' AND wait_until > now()
            FOR UPDATE
        ), decided AS (
            UPDATE agent_step AS s
            SET state = $5, approval_until = now() + $7::interval, ended_at = CASE WHEN $5 = 'declined' THEN now() END
            FROM waiting
            WHERE s.tenant_id = $1 AND s.run_id = waiting.run_id AND s.number = $3 AND s.state = 'waiting_approval'
              AND s.approval_hash = $4 AND s.approval_until > now()
            RETURNING s.run_id
        )
        UPDATE agent_run AS r
        SET state = 'running', deadline_at = now() + r.time_left, time_left = NULL, wait_until = NULL, principals = $6
        FROM decided
        WHERE r.tenant_id = $1 AND r.run_id = decided.run_id
        RETURNING r.run_id
        """;

    /// <summary>Whoever works on it finds its lease gone.</summary>
    public const string Stop = """
        UPDATE agent_run
        SET state = 'stopped', finished_at = now(), lease_token = NULL, lease_until = NULL, time_left = NULL, wait_until = NULL
        WHERE tenant_id = $1 AND run_id = $2 AND state IN ('running', 'waiting_approval')
        RETURNING run_id
        """;

    /// <summary>
    /// Of a run that is over: a call that a person has approved, and of which nobody knows an end. A statement of its own behind that which
    /// ends the run, so that it sees what was begun until then.
    /// </summary>
    public const string CutOff = """
        UPDATE agent_step
        SET state = 'failed', may_have_happened = true, summary = 'cut off, it may have been made', ended_at = now()
        WHERE tenant_id = $1 AND run_id = $2 AND state = 'running' AND approval_hash IS NOT NULL
          AND EXISTS (SELECT FROM agent_run WHERE tenant_id = $1 AND run_id = $2 AND finished_at IS NOT NULL)
        """;

    /// <summary>Of a run that is over: what it has read is not kept beside the documents. Its answer has its own evidence.</summary>
    public const string ForgetTexts = """
        UPDATE agent_step
        SET result = NULL, passages = NULL, response = response - 'text'
        WHERE tenant_id = $1 AND run_id = $2
          AND EXISTS (SELECT FROM agent_run WHERE tenant_id = $1 AND run_id = $2 AND finished_at IS NOT NULL)
        """;
}
