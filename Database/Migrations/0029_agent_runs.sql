-- Runs of the agent: each step is written down before it is made, so that another process can go on where one has ended.
CREATE TABLE agent_run (
    tenant_id      integer NOT NULL REFERENCES tenant,
    -- Also that of the answer it ends with, and of its calls in the usage ledger.
    run_id         uuid NOT NULL,
    asked_by       text NOT NULL,
    api_key_id     text,
    -- For whom its tools read: those of whoever asked, and of whoever decided last. What they may read is looked up at each step.
    principals     text[] NOT NULL,
    question       text NOT NULL,
    collection     text,
    state          text NOT NULL DEFAULT 'running',
    failure_code   text,
    max_steps      integer NOT NULL,
    max_seconds    integer NOT NULL,
    -- Nanodollars.
    max_cost       bigint NOT NULL,
    spent_cost     bigint NOT NULL DEFAULT 0,
    deadline_at    timestamptz NOT NULL,
    -- Waiting for a person costs no time: what was left when it began to wait, and how long it waits.
    time_left      interval,
    wait_until     timestamptz,
    lease_token    uuid,
    lease_until    timestamptz,
    -- How often a process took it up.
    takeover_count integer NOT NULL DEFAULT 0,
    trace_parent   text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    finished_at    timestamptz,
    PRIMARY KEY (tenant_id, run_id),
    CONSTRAINT agent_run_state_is_known CHECK (state IN ('running', 'waiting_approval', 'completed', 'failed', 'stopped')),
    CONSTRAINT agent_run_failure_has_a_code CHECK ((state = 'failed') = (failure_code IS NOT NULL)),
    CONSTRAINT agent_run_ends CHECK ((state IN ('completed', 'failed', 'stopped')) = (finished_at IS NOT NULL)),
    CONSTRAINT agent_run_waits_for_a_time CHECK ((state = 'waiting_approval') = (wait_until IS NOT NULL AND time_left IS NOT NULL)),
    CONSTRAINT agent_run_lease_is_of_a_running_one
        CHECK ((lease_token IS NULL) = (lease_until IS NULL) AND (lease_token IS NULL OR state = 'running')),
    CONSTRAINT agent_run_is_bounded CHECK (max_steps BETWEEN 1 AND 200 AND max_seconds BETWEEN 1 AND 86400 AND max_cost >= 0)
);

CREATE INDEX agent_run_to_claim ON agent_run (created_at) WHERE state IN ('running', 'waiting_approval');

CREATE TABLE agent_step (
    tenant_id         integer NOT NULL,
    run_id            uuid NOT NULL,
    number            integer NOT NULL,
    kind              text NOT NULL,
    state             text NOT NULL,
    -- Of a model: what it answered and which model it was. {"text","calls":[{"id","name","arguments"}],…}
    response          jsonb,
    -- Of a tool: the call as the model wrote it, and what came of it.
    tool              text,
    call_id           text,
    arguments         text,
    result            text,
    -- Passages that it was the first to show, in the order of their numbers, as in answer.evidence.
    passages          jsonb,
    -- Numbers that it has worked out.
    derivation        jsonb,
    -- In a few words, for whoever looks at the run.
    summary           text,
    -- Somebody else has written what it says: documents, servers outside.
    is_tainted        boolean NOT NULL DEFAULT false,
    -- What was approved: a hash of run, step, tool and arguments.
    approval_hash     text,
    approval_until    timestamptz,
    -- A process has ended while it was made: it may have been made or not.
    may_have_happened boolean NOT NULL DEFAULT false,
    cost              bigint NOT NULL DEFAULT 0,
    started_at        timestamptz,
    ended_at          timestamptz,
    PRIMARY KEY (tenant_id, run_id, number),
    FOREIGN KEY (tenant_id, run_id) REFERENCES agent_run ON DELETE CASCADE,
    CONSTRAINT agent_step_kind_is_known CHECK (kind IN ('model', 'tool')),
    CONSTRAINT agent_step_state_is_known
        CHECK (state IN ('planned', 'waiting_approval', 'approved', 'running', 'done', 'failed', 'declined')),
    CONSTRAINT agent_step_tool_is_named CHECK ((kind = 'tool') = (tool IS NOT NULL AND call_id IS NOT NULL AND arguments IS NOT NULL)),
    CONSTRAINT agent_step_approval_is_of_a_hash
        CHECK (state NOT IN ('waiting_approval', 'approved') OR (approval_hash IS NOT NULL AND approval_until IS NOT NULL)),
    CONSTRAINT agent_step_ends CHECK ((state IN ('done', 'failed', 'declined')) = (ended_at IS NOT NULL))
);

-- For whom a transaction looks at runs; set by the application with is_local. Unset: nobody.
CREATE FUNCTION agent_owner() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('aiapp.agent_owner', true), '');

ALTER TABLE agent_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY agent_run_is_for_who_asked ON agent_run TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND asked_by = (SELECT agent_owner()));
CREATE POLICY agent_run_is_open_to_workers ON agent_run TO aiapp_worker USING (true);

ALTER TABLE agent_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY agent_step_is_for_who_asked ON agent_step TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant())
           AND EXISTS (SELECT FROM agent_run AS r WHERE r.tenant_id = agent_step.tenant_id AND r.run_id = agent_step.run_id));
CREATE POLICY agent_step_is_open_to_workers ON agent_step TO aiapp_worker USING (true);

-- The next run that nobody works on, of any tenant: new, given back, its process silent, or a person's time to decide over. What the
-- application's role learns of it is what it needs to become its owner. A restart of the server gives every lease one more of its length.
CREATE FUNCTION claim_agent_run(lease interval)
    RETURNS TABLE (tenant integer, run uuid, token uuid, owner text, reads_as text[], seconds_left double precision)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    UPDATE agent_run AS r
    SET state = 'running', lease_token = gen_random_uuid(), lease_until = now() + lease, takeover_count = r.takeover_count + 1,
        deadline_at = CASE WHEN r.state = 'waiting_approval' THEN now() + r.time_left ELSE r.deadline_at END,
        time_left = NULL, wait_until = NULL,
        -- What a process that has died had paid for or reserved counts too.
        spent_cost = CASE WHEN r.takeover_count = 0 THEN r.spent_cost ELSE greatest(r.spent_cost, (
            SELECT coalesce(sum(CASE WHEN u.state = 'reserved' THEN u.reserved_cost ELSE u.cost END), 0)::bigint
            FROM usage_ledger AS u WHERE u.tenant_id = r.tenant_id AND u.request_id = r.run_id AND u.created_at >= r.created_at)) END
    WHERE (r.tenant_id, r.run_id) = (
        SELECT c.tenant_id, c.run_id
        FROM agent_run AS c
        WHERE c.state = 'running' AND (c.lease_until IS NULL OR (c.lease_until < now() AND pg_postmaster_start_time() < now() - lease))
           OR c.state = 'waiting_approval' AND c.wait_until < now()
        ORDER BY c.created_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED)
    RETURNING r.tenant_id, r.run_id, r.lease_token, r.asked_by, r.principals, extract(epoch FROM r.deadline_at - now())::double precision
$$;

REVOKE ALL ON FUNCTION claim_agent_run(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_agent_run(interval) TO aiapp_app;
