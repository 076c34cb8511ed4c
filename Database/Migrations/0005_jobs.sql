-- The queue. States and their words: docs/job-states.md.
CREATE TABLE job (
    tenant_id    integer NOT NULL REFERENCES tenant,
    job_id       bigint GENERATED ALWAYS AS IDENTITY,
    document_id  uuid NOT NULL,
    content_hash bytea NOT NULL,
    state        text NOT NULL DEFAULT 'available',
    priority     smallint NOT NULL DEFAULT 2,
    attempt      smallint NOT NULL DEFAULT 0,
    max_attempts smallint NOT NULL DEFAULT 5,
    crash_count  smallint NOT NULL DEFAULT 0,
    run_at       timestamptz NOT NULL DEFAULT now(),
    lease_until  timestamptz,
    lease_token  uuid,
    reason       text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    started_at   timestamptz,
    PRIMARY KEY (tenant_id, job_id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES document ON DELETE CASCADE,
    CONSTRAINT job_is_single_per_document UNIQUE (tenant_id, document_id),
    CONSTRAINT job_state_is_live CHECK (state IN ('available', 'running', 'retryable')),
    CONSTRAINT job_running_holds_a_lease CHECK ((state = 'running') = (lease_token IS NOT NULL AND lease_until IS NOT NULL))
);

CREATE INDEX job_to_claim ON job (priority, run_at, job_id) WHERE state IN ('available', 'retryable');
CREATE INDEX job_to_rescue ON job (lease_until) WHERE state = 'running';

-- Finished jobs leave the hot table: a queue's speed must not depend on its history.
CREATE TABLE finished_job (
    tenant_id   integer NOT NULL REFERENCES tenant,
    job_id      bigint NOT NULL,
    document_id uuid NOT NULL,
    state       text NOT NULL,
    attempt     smallint NOT NULL,
    crash_count smallint NOT NULL,
    reason      text,
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    finished_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, job_id),
    CONSTRAINT finished_job_state_is_final CHECK (state IN ('completed', 'discarded', 'cancelled'))
);

CREATE INDEX finished_job_by_document ON finished_job (tenant_id, document_id, finished_at DESC);
