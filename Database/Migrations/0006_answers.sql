-- The replay record of an answer: everything that produced it.
CREATE TABLE answer (
    tenant_id          integer NOT NULL REFERENCES tenant,
    answer_id          uuid NOT NULL,
    asked_at           timestamptz NOT NULL,
    asked_by           text,
    collection_id      integer,
    question           text NOT NULL,
    text               text NOT NULL,
    outcome            text NOT NULL,
    error_code         text,
    provider           text NOT NULL,
    model              text NOT NULL,
    prompt_version     text NOT NULL,
    embedding_space_id integer,
    -- [{"chunkId","versionId","score","lexicalRank","vectorRank"}]: the passages shown to the model, in order.
    evidence           jsonb NOT NULL,
    citations          jsonb NOT NULL,
    stage_ms           jsonb NOT NULL,
    input_token_count  integer,
    output_token_count integer,
    duration_ms        integer NOT NULL,
    PRIMARY KEY (tenant_id, asked_at, answer_id),
    CONSTRAINT answer_outcome_is_known CHECK (outcome IN ('answered', 'insufficient_context', 'failed', 'canceled')),
    CONSTRAINT answer_failure_has_a_code CHECK ((outcome = 'failed') = (error_code IS NOT NULL))
) PARTITION BY RANGE (asked_at);

CREATE INDEX answer_by_id ON answer (tenant_id, answer_id);

-- The net under the daily partitions: a row is never refused because a partition was not made in time.
CREATE TABLE answer_default PARTITION OF answer DEFAULT;

-- Makes the partitions of the coming days; a day that already has rows in the default partition stays there.
CREATE FUNCTION ensure_answer_partitions(days integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    day date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('aiapp.answer_partitions', 0));
    FOR day IN SELECT (now() AT TIME ZONE 'UTC')::date + n FROM generate_series(0, days) AS n LOOP
        IF to_regclass('answer_' || to_char(day, 'YYYYMMDD')) IS NULL
           AND NOT EXISTS (SELECT FROM answer_default
                           WHERE asked_at >= day::timestamp AT TIME ZONE 'UTC'
                             AND asked_at < (day + 1)::timestamp AT TIME ZONE 'UTC') THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF answer FOR VALUES FROM (%L) TO (%L)',
                'answer_' || to_char(day, 'YYYYMMDD'),
                day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
        END IF;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION ensure_answer_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_answer_partitions(integer) TO aiapp_app;
SELECT ensure_answer_partitions(7);
