-- Answers of models that were not valid against the schema they were asked with: what an engineer needs to see what went wrong. They hold
-- text of documents, and are dropped after 30 days.
CREATE TABLE rejected_output (
    tenant_id          integer NOT NULL REFERENCES tenant,
    rejected_output_id uuid NOT NULL,
    -- As in usage_ledger.
    request_id         uuid NOT NULL,
    step               text NOT NULL,
    provider           text NOT NULL,
    model              text NOT NULL,
    schema_hash        text NOT NULL,
    text               text NOT NULL,
    -- The words of the validator.
    reasons            text NOT NULL,
    at                 timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, rejected_output_id),
    CONSTRAINT rejected_output_is_bounded CHECK (octet_length(text) <= 65536)
);

CREATE INDEX rejected_output_by_id ON rejected_output (rejected_output_id);
CREATE INDEX rejected_output_by_time ON rejected_output (at);

-- The application writes them and cannot read them back: who may read a document may not read what others had taken out of theirs.
ALTER TABLE rejected_output ENABLE ROW LEVEL SECURITY;
CREATE POLICY rejected_output_is_kept_for_the_caller ON rejected_output FOR INSERT TO aiapp_app WITH CHECK (tenant_id = (SELECT caller_tenant()));
CREATE POLICY rejected_output_is_open_to_workers ON rejected_output TO aiapp_worker USING (true);
REVOKE ALL ON rejected_output FROM aiapp_app, aiapp_worker;
GRANT INSERT ON rejected_output TO aiapp_app;
GRANT SELECT, DELETE ON rejected_output TO aiapp_worker;
