-- What people say of the answers they were given, and answers that were given again to see what has changed.
CREATE TABLE feedback (
    tenant_id         integer NOT NULL REFERENCES tenant,
    answer_id         uuid NOT NULL,
    given_by          text NOT NULL,
    -- Of the answer: leads to its partition. No foreign key: it would stand in the way of dropping one.
    asked_at          timestamptz NOT NULL,
    verdict           text NOT NULL,
    reason            text,
    comment           text,
    expected_answer   text,
    -- The source URI of the document that should have been cited.
    expected_document text,
    given_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, answer_id, given_by),
    CONSTRAINT feedback_verdict_is_known CHECK (verdict IN ('good', 'bad')),
    CONSTRAINT feedback_reason_is_known
        CHECK (reason IN ('wrong', 'incomplete', 'wrong_source', 'out_of_date', 'too_slow', 'unsafe', 'other')),
    CONSTRAINT feedback_is_bad_for_a_reason CHECK ((verdict = 'bad') = (reason IS NOT NULL)),
    CONSTRAINT feedback_is_bounded
        CHECK (length(comment) <= 2000 AND length(expected_answer) <= 2000 AND length(expected_document) <= 2000)
);

CREATE INDEX feedback_by_time ON feedback (tenant_id, given_at, answer_id);

ALTER TABLE feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY feedback_is_for_its_tenant ON feedback TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY feedback_is_open_to_workers ON feedback TO aiapp_worker USING (true);

ALTER TABLE answer
    -- The answer that this one was given again for. Such a one is counted and listed with no others.
    ADD COLUMN replay_of uuid,
    -- The question's terms with their weights, as retrieval found them: what the local model writes by. Null in older records.
    ADD COLUMN query_terms jsonb;

-- As before, without replays.
DROP INDEX answer_for_operations;
CREATE INDEX answer_for_operations ON answer (tenant_id, asked_at)
    INCLUDE (answer_id, outcome, error_code, provider, model, prompt_version, duration_ms, cost, is_degraded, input_token_count, output_token_count)
    WHERE replay_of IS NULL;
