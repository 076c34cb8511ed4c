-- Jobs can be cancelled, paused and told apart by class, and a deletion says what it has removed.
-- cancelled: the newest upload was called back before it was ever searchable; with an older version a document is ready again.
ALTER TABLE document DROP CONSTRAINT document_status_is_known;
ALTER TABLE document ADD CONSTRAINT document_status_is_known CHECK (status IN ('waiting', 'working', 'ready', 'failed', 'cancelled'));

-- 1 interactive: somebody waits for it; 2 normal; 3 bulk: hundreds of files at a time.
ALTER TABLE job ADD CONSTRAINT job_priority_is_known CHECK (priority IN (1, 2, 3));

-- Throughput is counted from here.
ALTER TABLE finished_job ADD COLUMN chunk_count integer;
CREATE INDEX finished_job_completed ON finished_job (tenant_id, finished_at) INCLUDE (document_id, chunk_count) WHERE state = 'completed';

CREATE TABLE queue_pause (
    tenant_id integer PRIMARY KEY REFERENCES tenant,
    paused_by text NOT NULL,
    reason    text,
    paused_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT queue_pause_reason_is_short CHECK (length(reason) BETWEEN 1 AND 500)
);

ALTER TABLE queue_pause ENABLE ROW LEVEL SECURITY;
CREATE POLICY queue_pause_is_of_the_caller ON queue_pause TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY queue_pause_is_open_to_workers ON queue_pause TO aiapp_worker USING (true);

-- The next job that is due, of the first tenant behind one that is not paused. Each look goes through job_to_claim and ends at
-- its first row, however many jobs wait, are due later or belong to a paused tenant: a single statement would walk over those.
-- overtaken: tenants whose turn goes to what has been due longest, whatever its class, so that no class starves.
CREATE FUNCTION claim_job(lease interval, behind integer, overtaken integer[]) RETURNS SETOF job
    -- A plan made when the table was small must not scan it when it has grown.
    LANGUAGE plpgsql SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
    turn integer := behind;
    classes smallint[];
    class smallint;
    chosen bigint;
BEGIN
    LOOP
        SELECT j.tenant_id INTO turn
        FROM job AS j
        WHERE j.state IN ('available', 'retryable') AND j.tenant_id > turn
        ORDER BY j.tenant_id
        LIMIT 1;
        EXIT WHEN NOT FOUND;
        CONTINUE WHEN EXISTS (SELECT FROM queue_pause AS p WHERE p.tenant_id = turn);

        classes := '{1,2,3}';
        IF turn = ANY (overtaken) THEN
            SELECT array_agg(due.priority ORDER BY due.run_at, due.job_id) INTO classes
            FROM unnest(classes) AS each (priority)
            CROSS JOIN LATERAL (
                SELECT j.priority, j.run_at, j.job_id
                FROM job AS j
                WHERE j.tenant_id = turn AND j.priority = each.priority AND j.state IN ('available', 'retryable') AND j.run_at <= now()
                ORDER BY j.run_at, j.job_id
                LIMIT 1) AS due;
        END IF;

        FOREACH class IN ARRAY coalesce(classes, '{}') LOOP
            SELECT j.job_id INTO chosen
            FROM job AS j
            WHERE j.tenant_id = turn AND j.priority = class AND j.state IN ('available', 'retryable') AND j.run_at <= now()
            ORDER BY j.run_at, j.job_id
            LIMIT 1
            FOR UPDATE SKIP LOCKED;
            IF FOUND THEN
                RETURN QUERY
                UPDATE job AS j
                SET state = 'running', attempt = j.attempt + 1, lease_token = gen_random_uuid(), lease_until = now() + lease,
                    started_at = coalesce(j.started_at, now())
                WHERE j.tenant_id = turn AND j.job_id = chosen
                RETURNING j.*;
                RETURN;
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- What can be worked on together with a job that has just been claimed: due, of its tenant and class, and small as it is. Nothing
-- that was being worked on when a worker ended: it must not take others with it again.
CREATE FUNCTION claim_more(lease interval, tenant integer, first bigint, most integer, largest bigint) RETURNS SETOF job
    LANGUAGE plpgsql SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
    class smallint;
BEGIN
    SELECT j.priority INTO class
    FROM job AS j JOIN document AS d ON d.tenant_id = j.tenant_id AND d.document_id = j.document_id
    WHERE j.tenant_id = tenant AND j.job_id = first AND j.crash_count = 0 AND d.size_bytes <= largest;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    RETURN QUERY
    WITH due AS MATERIALIZED (
        SELECT j.job_id, j.document_id
        FROM job AS j
        WHERE j.tenant_id = tenant AND j.priority = class AND j.state IN ('available', 'retryable') AND j.run_at <= now()
        ORDER BY j.run_at, j.job_id
        LIMIT most
        FOR UPDATE SKIP LOCKED
    )
    UPDATE job AS j
    SET state = 'running', attempt = j.attempt + 1, lease_token = gen_random_uuid(), lease_until = now() + lease,
        started_at = coalesce(j.started_at, now())
    FROM due JOIN document AS d ON d.tenant_id = tenant AND d.document_id = due.document_id
    WHERE j.tenant_id = tenant AND j.job_id = due.job_id AND j.crash_count = 0 AND d.size_bytes <= largest
    RETURNING j.*;
END $$;

REVOKE ALL ON FUNCTION claim_job(interval, integer, integer[]), claim_more(interval, integer, bigint, integer, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_job(interval, integer, integer[]), claim_more(interval, integer, bigint, integer, bigint) TO aiapp_worker;

-- The bytes themselves are not the application's to read.
CREATE FUNCTION content_size(tenant integer, hash bytea) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT octet_length(bytes) FROM content WHERE tenant_id = tenant AND content_hash = hash
$$;

-- As delete_unused_contents, with the size of every content that was asked for. Which of them stay for others is not told.
CREATE FUNCTION release_contents(tenant integer, hashes bytea[]) RETURNS TABLE (released_hash bytea, size_bytes bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN QUERY
    SELECT c.content_hash, octet_length(c.bytes)::bigint
    FROM content AS c
    WHERE c.tenant_id = tenant AND c.content_hash = ANY (hashes)
    ORDER BY c.content_hash
    FOR UPDATE;
    PERFORM delete_unused_contents(tenant, hashes);
END $$;

-- The lexical index is closed to callers; the chunks, which are named here by whoever may read them, are not.
CREATE FUNCTION delete_lexical_entries(tenant integer, chunks bigint[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    deleted bigint;
BEGIN
    DELETE FROM lexical_index WHERE tenant_id = tenant AND chunk_id = ANY (chunks);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END $$;

-- As the caller: the policies of the vector tables hold.
CREATE FUNCTION delete_vectors(tenant integer, chunks bigint[]) RETURNS TABLE (model text, dimensions integer, deleted_count bigint)
    LANGUAGE plpgsql
AS $$
DECLARE
    space embedding_space;
BEGIN
    -- As VectorSql.HoldSpaces: no space comes or goes meanwhile.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('aiapp.embedding_space', 0));
    FOR space IN SELECT * FROM embedding_space ORDER BY embedding_space_id LOOP
        EXECUTE format('DELETE FROM %I WHERE tenant_id = $1 AND chunk_id = ANY ($2)', space.table_name) USING tenant, chunks;
        GET DIAGNOSTICS deleted_count = ROW_COUNT;
        model := space.model;
        dimensions := space.dimensions;
        RETURN NEXT;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION content_size(integer, bytea), release_contents(integer, bytea[]), delete_lexical_entries(integer, bigint[]),
    delete_vectors(integer, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION content_size(integer, bytea), release_contents(integer, bytea[]), delete_lexical_entries(integer, bigint[]),
    delete_vectors(integer, bigint[]) TO aiapp_app;
