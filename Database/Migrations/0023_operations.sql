-- What whoever runs the service looks at: where the time of a request went, and how each process finds each model.
ALTER TABLE answer
    ADD COLUMN trace_id text,
    -- A word of how it is less than what was asked for stands in model_call.
    ADD COLUMN is_degraded boolean NOT NULL DEFAULT false;

-- Counts and percentiles of a month are read from this alone: an answer's own row holds its evidence.
CREATE INDEX answer_for_operations ON answer (tenant_id, asked_at)
    INCLUDE (answer_id, outcome, error_code, provider, model, prompt_version, duration_ms, cost, is_degraded, input_token_count, output_token_count);

-- How each process finds each model that it calls. Models are those of the deployment and belong to no tenant. A row that its process
-- has not renewed for a minute says nothing.
CREATE UNLOGGED TABLE model_health (
    process_id        uuid NOT NULL,
    service           text NOT NULL,
    host              text NOT NULL,
    kind              text NOT NULL,
    provider          text NOT NULL,
    model             text NOT NULL,
    breaker           text NOT NULL,
    -- When the breaker came to be so; null for one that has never opened.
    since             timestamptz,
    failures_in_a_row integer NOT NULL,
    last_failure      text,
    last_failure_at   timestamptz,
    probe_at          timestamptz,
    reported_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (process_id, kind, provider, model),
    CONSTRAINT model_health_breaker_is_known CHECK (breaker IN ('closed', 'open', 'half_open'))
);

GRANT SELECT, INSERT, UPDATE, DELETE ON model_health TO aiapp_app, aiapp_worker;
