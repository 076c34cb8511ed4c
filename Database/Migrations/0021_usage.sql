-- Money is whole nanodollars: a price of one dollar for a million tokens is 1,000 of them for each.
CREATE TABLE budget (
    tenant_id         integer NOT NULL REFERENCES tenant,
    budget_id         integer GENERATED ALWAYS AS IDENTITY,
    -- What bears it: the tenant as a whole, or one user, API key, release or job of it. A call must fit all that apply.
    scope             text NOT NULL,
    subject           text NOT NULL DEFAULT '',
    -- Begins anew with each UTC day or month, or never.
    period            text NOT NULL,
    period_started_at timestamptz NOT NULL DEFAULT now(),
    limit_cost        bigint NOT NULL,
    spent_cost        bigint NOT NULL DEFAULT 0,
    reserved_cost     bigint NOT NULL DEFAULT 0,
    created_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, budget_id),
    CONSTRAINT budget_is_single_per_subject UNIQUE (tenant_id, scope, subject),
    CONSTRAINT budget_scope_is_known CHECK (scope IN ('tenant', 'user', 'key', 'release', 'job')),
    CONSTRAINT budget_of_the_tenant_has_no_subject CHECK ((scope = 'tenant') = (subject = '')),
    CONSTRAINT budget_period_is_known CHECK (period IN ('day', 'month', 'total')),
    CONSTRAINT budget_sums_are_not_negative CHECK (limit_cost >= 0 AND reserved_cost >= 0)
);

-- Every call of every model: reserved at its worst price before, settled at its true one after.
CREATE TABLE usage_ledger (
    tenant_id                integer NOT NULL REFERENCES tenant,
    usage_id                 uuid NOT NULL,
    -- Several attempts of one request stand under one id.
    request_id               uuid NOT NULL,
    attempt                  smallint NOT NULL,
    step                     text NOT NULL,
    provider                 text NOT NULL,
    model                    text NOT NULL,
    price_version            text NOT NULL,
    used_by                  text,
    api_key_id               text,
    release                  text,
    job                      text,
    prompt_version           text,
    budget_ids               integer[] NOT NULL DEFAULT '{}',
    state                    text NOT NULL DEFAULT 'reserved',
    reserved_cost            bigint NOT NULL,
    cost                     bigint NOT NULL DEFAULT 0,
    input_token_count        integer,
    cached_input_token_count integer,
    output_token_count       integer,
    -- The provider did not say how many.
    tokens_are_estimated     boolean NOT NULL DEFAULT false,
    outcome                  text,
    created_at               timestamptz NOT NULL DEFAULT clock_timestamp(),
    lease_until              timestamptz NOT NULL,
    settled_at               timestamptz,
    PRIMARY KEY (tenant_id, usage_id),
    -- expired: its process died, and what it may have cost at worst is taken as spent until somebody knows better.
    CONSTRAINT usage_state_is_known CHECK (state IN ('reserved', 'settled', 'expired')),
    CONSTRAINT usage_is_settled_with_an_outcome CHECK ((state = 'settled') = (outcome IS NOT NULL))
);

CREATE INDEX usage_ledger_to_expire ON usage_ledger (lease_until) WHERE state = 'reserved';
-- Rows come in the order of their time.
CREATE INDEX usage_ledger_by_time ON usage_ledger USING brin (created_at);

-- What a model has cost for an answer, and how its calls went: attempts, degradations, price list.
ALTER TABLE answer ADD COLUMN cost bigint NOT NULL DEFAULT 0, ADD COLUMN model_call jsonb;

ALTER TABLE budget ENABLE ROW LEVEL SECURITY;
CREATE POLICY budget_is_for_its_tenant ON budget TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY budget_is_open_to_workers ON budget TO aiapp_worker USING (true);
-- What is spent and reserved is changed by the functions below alone.
REVOKE ALL ON budget FROM aiapp_app, aiapp_worker;
GRANT SELECT ON budget TO aiapp_app;
GRANT SELECT, DELETE, INSERT (tenant_id, scope, subject, period, limit_cost), UPDATE (period, limit_cost) ON budget TO aiapp_worker;

ALTER TABLE usage_ledger ENABLE ROW LEVEL SECURITY;
CREATE POLICY usage_ledger_is_for_its_tenant ON usage_ledger TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY usage_ledger_is_open_to_workers ON usage_ledger TO aiapp_worker USING (true);
REVOKE ALL ON usage_ledger FROM aiapp_app, aiapp_worker;
GRANT SELECT ON usage_ledger TO aiapp_app;

-- The budgets that bear a call of these.
CREATE FUNCTION bearing_budgets(used_by text, key text, release text, job text) RETURNS TABLE (scope text, subject text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT s.scope, s.subject
    FROM (VALUES ('tenant', ''), ('user', used_by), ('key', key), ('release', release), ('job', job)) AS s (scope, subject)
    WHERE s.subject IS NOT NULL
$$;

-- Reserves for many calls at once: each fits all its budgets, or nothing of it is reserved. Returns those that do not fit, with the
-- budget in the way, and whether it is spent: else others have reserved what they may not need. Budgets are locked in one order by everybody who changes several.
CREATE FUNCTION reserve_usage(
    tenants integer[], ids uuid[], requests uuid[], attempts smallint[], steps text[], providers text[], models text[], prices text[],
    users text[], keys text[], releases text[], jobs text[], prompts text[], amounts bigint[], leases interval[])
    RETURNS TABLE (refused_id uuid, refused_scope text, renews_in interval, is_spent boolean)
    -- A plan made when the tables were small must not scan them when they have grown.
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    each record;
    borne integer[];
    made bigint;
    is_over boolean;
BEGIN
    -- A reservation that a crash of the server takes with it is one that nobody waits for.
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT bool_or(b.period <> 'total' AND b.period_started_at < date_trunc(b.period, now(), 'UTC')) INTO is_over
    FROM (SELECT b.period, b.period_started_at
          FROM budget AS b
          WHERE (b.tenant_id, b.scope, b.subject) IN (
              SELECT tenant, s.scope, s.subject
              FROM unnest(tenants, users, keys, releases, jobs) AS given (tenant, used_by, key, release, job),
                   bearing_budgets(used_by, key, release, job) AS s)
          ORDER BY b.tenant_id, b.budget_id
          FOR UPDATE) AS b;
    IF is_over THEN
        UPDATE budget AS b
        SET spent_cost = 0, period_started_at = date_trunc(b.period, now(), 'UTC')
        WHERE b.tenant_id = ANY (tenants) AND b.period <> 'total' AND b.period_started_at < date_trunc(b.period, now(), 'UTC');
    END IF;

    -- As a rule all of them fit together.
    WITH given AS MATERIALIZED (
        SELECT *
        FROM unnest(tenants, ids, requests, attempts, steps, providers, models, prices, users, keys, releases, jobs, prompts, amounts, leases)
            WITH ORDINALITY AS given (tenant, id, request, attempt, step, provider, model, price, used_by, key, release, job, prompt, amount, lease, place)
    ), bearing AS MATERIALIZED (
        SELECT given.place, given.amount, b.tenant_id, b.budget_id, b.limit_cost - b.spent_cost - b.reserved_cost AS free
        FROM given
        CROSS JOIN LATERAL bearing_budgets(used_by, key, release, job) AS s
        JOIN budget AS b ON b.tenant_id = given.tenant AND b.scope = s.scope AND b.subject = s.subject
    ), totals AS MATERIALIZED (
        SELECT tenant_id, budget_id, sum(amount) AS wanted, min(free) AS free FROM bearing GROUP BY tenant_id, budget_id
    ), together AS MATERIALIZED (
        SELECT NOT EXISTS (SELECT FROM totals WHERE wanted > free) AS fit
    ), raised AS (
        UPDATE budget AS b
        SET reserved_cost = b.reserved_cost + totals.wanted
        FROM totals, together
        WHERE together.fit AND b.tenant_id = totals.tenant_id AND b.budget_id = totals.budget_id
    )
    INSERT INTO usage_ledger (tenant_id, usage_id, request_id, attempt, step, provider, model, price_version, used_by, api_key_id, release, job,
        prompt_version, reserved_cost, lease_until, budget_ids)
    SELECT tenant, id, request, attempt, step, provider, model, price, used_by, key, release, job, prompt, amount, now() + lease,
           ARRAY(SELECT budget_id FROM bearing WHERE bearing.place = given.place)
    FROM given, together
    WHERE together.fit;
    GET DIAGNOSTICS made = ROW_COUNT;
    IF made > 0 THEN
        RETURN;
    END IF;

    FOR each IN
        SELECT *
        FROM unnest(tenants, ids, requests, attempts, steps, providers, models, prices, users, keys, releases, jobs, prompts, amounts, leases)
            WITH ORDINALITY AS given (tenant, id, request, attempt, step, provider, model, price, used_by, key, release, job, prompt, amount, lease, place)
        ORDER BY place
    LOOP
        SELECT b.scope, CASE b.period WHEN 'total' THEN NULL ELSE b.period_started_at + ('1 ' || b.period)::interval - now() END,
               b.spent_cost + each.amount > b.limit_cost
        INTO refused_scope, renews_in, is_spent
        FROM bearing_budgets(each.used_by, each.key, each.release, each.job) AS s
        JOIN budget AS b ON b.tenant_id = each.tenant AND b.scope = s.scope AND b.subject = s.subject
        WHERE b.spent_cost + b.reserved_cost + each.amount > b.limit_cost
        ORDER BY b.spent_cost + each.amount > b.limit_cost DESC
        LIMIT 1;
        IF FOUND THEN
            refused_id := each.id;
            RETURN NEXT;
            CONTINUE;
        END IF;

        WITH bearing AS (
            UPDATE budget AS b
            SET reserved_cost = b.reserved_cost + each.amount
            FROM bearing_budgets(each.used_by, each.key, each.release, each.job) AS s
            WHERE b.tenant_id = each.tenant AND b.scope = s.scope AND b.subject = s.subject
            RETURNING b.budget_id
        )
        SELECT coalesce(array_agg(budget_id), '{}') INTO borne FROM bearing;
        INSERT INTO usage_ledger (tenant_id, usage_id, request_id, attempt, step, provider, model, price_version, used_by, api_key_id, release, job,
            prompt_version, reserved_cost, lease_until, budget_ids)
        VALUES (each.tenant, each.id, each.request, each.attempt, each.step, each.provider, each.model, each.price, each.used_by, each.key, each.release,
            each.job, each.prompt, each.amount, now() + each.lease, borne);
    END LOOP;
END $$;

-- Settles many calls at once. One that has expired meanwhile is corrected; one that was settled before stays as it is.
CREATE FUNCTION settle_usage(
    tenants integer[], ids uuid[], outcomes text[], costs bigint[], inputs integer[], cached integer[], outputs integer[], estimated boolean[])
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    borne_tenants integer[];
    borne integer[];
    settled bigint;
BEGIN
    SELECT array_agg(u.tenant_id), array_agg(budget_id) INTO borne_tenants, borne
    FROM (SELECT u.tenant_id, u.budget_ids
          FROM unnest(tenants, ids) AS given (tenant, id)
          JOIN usage_ledger AS u ON u.tenant_id = given.tenant AND u.usage_id = given.id
          WHERE u.state <> 'settled'
          ORDER BY u.tenant_id, u.usage_id
          FOR UPDATE OF u) AS u, unnest(u.budget_ids) AS budget_id;
    PERFORM FROM budget AS b
    WHERE (b.tenant_id, b.budget_id) IN (SELECT * FROM unnest(borne_tenants, borne))
    ORDER BY b.tenant_id, b.budget_id
    FOR UPDATE;

    WITH before AS MATERIALIZED (
        SELECT u.tenant_id, u.usage_id, u.state, u.reserved_cost, u.cost AS charged, u.budget_ids, given.*
        FROM unnest(tenants, ids, outcomes, costs, inputs, cached, outputs, estimated)
            AS given (tenant, id, outcome, cost, input, cached_input, output, is_estimated)
        JOIN usage_ledger AS u ON u.tenant_id = given.tenant AND u.usage_id = given.id
        WHERE u.state <> 'settled'
    ), done AS (
        UPDATE usage_ledger AS u
        SET state = 'settled', outcome = before.outcome, cost = before.cost, input_token_count = before.input,
            cached_input_token_count = before.cached_input, output_token_count = before.output, tokens_are_estimated = before.is_estimated,
            settled_at = clock_timestamp()
        FROM before
        WHERE u.tenant_id = before.tenant_id AND u.usage_id = before.usage_id
    ), changes AS (
        SELECT before.tenant_id, budget_id, sum(before.cost - before.charged) AS spent,
               sum(CASE before.state WHEN 'reserved' THEN before.reserved_cost ELSE 0 END) AS freed
        FROM before, unnest(before.budget_ids) AS budget_id
        GROUP BY before.tenant_id, budget_id
    ), balanced AS (
        UPDATE budget AS b
        SET spent_cost = greatest(0, b.spent_cost + changes.spent), reserved_cost = b.reserved_cost - changes.freed
        FROM changes
        WHERE b.tenant_id = changes.tenant_id AND b.budget_id = changes.budget_id
    )
    SELECT count(*) INTO settled FROM before;
    RETURN settled;
END $$;

-- Gives up the reservations of processes that have died: their calls may have cost what they could at worst.
CREATE FUNCTION expire_usage() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    dead uuid[];
    owners integer[];
    expired bigint;
BEGIN
    SELECT array_agg(u.usage_id), array_agg(u.tenant_id) INTO dead, owners
    FROM (SELECT tenant_id, usage_id FROM usage_ledger WHERE state = 'reserved' AND lease_until < now()
          ORDER BY tenant_id, usage_id LIMIT 1000 FOR UPDATE SKIP LOCKED) AS u;
    IF dead IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM FROM budget AS b
    WHERE (b.tenant_id, b.budget_id) IN (
        SELECT u.tenant_id, unnest(u.budget_ids) FROM usage_ledger AS u WHERE (u.tenant_id, u.usage_id) IN (SELECT * FROM unnest(owners, dead)))
    ORDER BY b.tenant_id, b.budget_id
    FOR UPDATE;

    WITH given_up AS (
        UPDATE usage_ledger AS u
        SET state = 'expired', cost = u.reserved_cost
        WHERE (u.tenant_id, u.usage_id) IN (SELECT * FROM unnest(owners, dead))
        RETURNING u.tenant_id, u.reserved_cost, u.budget_ids
    ), changes AS (
        SELECT tenant_id, budget_id, sum(reserved_cost) AS cost FROM given_up, unnest(budget_ids) AS budget_id GROUP BY tenant_id, budget_id
    ), balanced AS (
        UPDATE budget AS b
        SET spent_cost = b.spent_cost + changes.cost, reserved_cost = b.reserved_cost - changes.cost
        FROM changes
        WHERE b.tenant_id = changes.tenant_id AND b.budget_id = changes.budget_id
    )
    SELECT count(*) INTO expired FROM given_up;
    RETURN expired;
END $$;

REVOKE ALL ON FUNCTION reserve_usage(integer[], uuid[], uuid[], smallint[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bigint[], interval[]),
    settle_usage(integer[], uuid[], text[], bigint[], integer[], integer[], integer[], boolean[]), expire_usage() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reserve_usage(integer[], uuid[], uuid[], smallint[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bigint[], interval[]),
    settle_usage(integer[], uuid[], text[], bigint[], integer[], integer[], integer[], boolean[]), expire_usage() TO aiapp_app;
