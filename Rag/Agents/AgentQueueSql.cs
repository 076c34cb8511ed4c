namespace AiApp.Rag.Agents;

/// <summary>
/// For the process that works on a run. All instants are the database's; every change names the lease's token and renews the lease, and
/// has no row when the lease is gone. $1 tenant, $2 run, $3 token, $4 lease.
/// </summary>
internal static class AgentQueueSql
{
    public const string Claim = "SELECT tenant, run, token, owner, reads_as, seconds_left FROM claim_agent_run($1)";

    public const string Renew = """
        UPDATE agent_run SET lease_until = now() + $4::interval
        WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3 AND state = 'running'
        RETURNING run_id
        """;

    /// <summary>Another process may have it at once.</summary>
    public const string Release = """
        UPDATE agent_run SET lease_token = NULL, lease_until = NULL
        WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3 AND state = 'running'
        """;

    /// <summary>$5 number. Once more after a process has ended in it.</summary>
    public const string BeginModel = $"""
        WITH held AS ({Renew})
        INSERT INTO agent_step (tenant_id, run_id, number, kind, state, started_at)
        SELECT $1, run_id, $5, 'model', 'running', now() FROM held
        ON CONFLICT (tenant_id, run_id, number) DO UPDATE SET started_at = now()
        RETURNING number
        """;

    /// <summary>$5 number, $6 response, $7 cost. The calls it asks for follow in the same transaction.</summary>
    public const string EndModel = """
        WITH held AS (
            UPDATE agent_run SET lease_until = now() + $4::interval, spent_cost = spent_cost + $7::bigint
            WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3 AND state = 'running'
            RETURNING run_id
        )
        UPDATE agent_step AS s
        SET state = 'done', response = $6::text::jsonb, cost = $7::bigint, ended_at = now()
        FROM held
        WHERE s.tenant_id = $1 AND s.run_id = held.run_id AND s.number = $5
        RETURNING s.number
        """;

    /// <summary>$4 number of the first, $5 ids, $6 tools, $7 arguments. The run's row is locked by <see cref="EndModel"/> before it.</summary>
    public const string PlanTools = """
        INSERT INTO agent_step (tenant_id, run_id, number, kind, state, call_id, tool, arguments)
        SELECT $1, $2, $4 + place::integer - 1, 'tool', 'planned', call_id, tool, arguments
        FROM unnest($5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS call (call_id, tool, arguments, place)
        WHERE EXISTS (SELECT FROM agent_run WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3)
        """;

    /// <summary>$5 number. Of a call that nobody has to approve; a second time when a process has ended in it.</summary>
    public const string BeginTool = $"""
        WITH held AS ({Renew})
        UPDATE agent_step AS s
        SET state = 'running', started_at = now()
        FROM held
        WHERE s.tenant_id = $1 AND s.run_id = held.run_id AND s.number = $5 AND s.state IN ('planned', 'running') AND s.approval_hash IS NULL
        RETURNING s.number
        """;

    /// <summary>$5 number, $6 hash of what is about to be called. It must be what was approved, not long ago, and never begun.</summary>
    public const string BeginApproved = $"""
        WITH held AS ({Renew})
        UPDATE agent_step AS s
        SET state = 'running', started_at = now()
        FROM held
        WHERE s.tenant_id = $1 AND s.run_id = held.run_id AND s.number = $5 AND s.state = 'approved' AND s.approval_hash = $6
          AND s.approval_until > now()
        RETURNING s.number
        """;

    /// <summary>$5 number, $6 hash, $4 how long somebody may take to decide, $7 whether it may have happened, $8 the asking. The lease ends with it.</summary>
    public const string AskApproval = """
        WITH held AS (
            UPDATE agent_run
            SET state = 'waiting_approval', time_left = greatest(deadline_at - now(), interval '1 second'), wait_until = now() + $4::interval,
                lease_token = NULL, lease_until = NULL
            WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3 AND state = 'running'
            RETURNING run_id
        )
        UPDATE agent_step AS s
        SET state = 'waiting_approval', approval_hash = $6, approval_until = now() + $4::interval, may_have_happened = $7, approval_count = $8
        FROM held
        WHERE s.tenant_id = $1 AND s.run_id = held.run_id AND s.number = $5
        RETURNING s.number
        """;

    /// <summary>$5 number, $6 state, $7 result, $8 passages, $9 derivation, $10 summary, $11 whether it is tainted, $12 whether it may have happened.</summary>
    public const string EndTool = $"""
        WITH held AS ({Renew})
        UPDATE agent_step AS s
        SET state = $6, result = $7, passages = $8::text::jsonb, derivation = $9::text::jsonb, summary = $10, is_tainted = $11, may_have_happened = $12, ended_at = now()
        FROM held
        WHERE s.tenant_id = $1 AND s.run_id = held.run_id AND s.number = $5
        RETURNING s.number
        """;

    /// <summary>$4 state, $5 the failure's code, $6 what the end has cost.</summary>
    public const string Finish = """
        UPDATE agent_run
        SET state = $4, failure_code = $5, spent_cost = spent_cost + $6::bigint, finished_at = now(), lease_token = NULL, lease_until = NULL
        WHERE tenant_id = $1 AND run_id = $2 AND lease_token = $3 AND state = 'running'
        RETURNING run_id
        """;
}
