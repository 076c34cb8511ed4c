-- Sources that documents are kept in step with: folders, git repositories, web sites, containers of blobs.
CREATE TABLE source (
    tenant_id           integer NOT NULL REFERENCES tenant,
    source_id           uuid NOT NULL DEFAULT gen_random_uuid(),
    name                text NOT NULL,
    kind                text NOT NULL,
    -- What to list, without secrets: these are named, and stand in the configuration of the services.
    settings            jsonb NOT NULL,
    collection          text NOT NULL,
    -- What the source URIs of its documents begin with.
    prefix              text NOT NULL,
    -- Who may read new documents. The source itself is seen by the same callers.
    reader_set_id       integer NOT NULL,
    interval_seconds    integer NOT NULL,
    enabled             boolean NOT NULL DEFAULT true,
    -- Its documents are being deleted, and then the source.
    removing            boolean NOT NULL DEFAULT false,
    -- Somebody asked for a run since the last one began.
    requested           boolean NOT NULL DEFAULT false,
    -- So many deletions were confirmed by a person; more are held again.
    confirmed_deletions integer,
    -- Runs that failed one after the other.
    failure_count       integer NOT NULL DEFAULT 0,
    next_run_at         timestamptz NOT NULL DEFAULT now(),
    state               text NOT NULL DEFAULT 'idle',
    lease_token         uuid,
    lease_until         timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, source_id),
    FOREIGN KEY (tenant_id, reader_set_id) REFERENCES reader_set,
    CONSTRAINT source_name_is_unique UNIQUE (tenant_id, name),
    CONSTRAINT source_name_is_short CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT source_kind_is_known CHECK (kind IN ('folder', 'git', 'web', 'azure_blob')),
    CONSTRAINT source_interval_is_sane CHECK (interval_seconds BETWEEN 10 AND 2678400),
    CONSTRAINT source_state_is_known CHECK (state IN ('idle', 'running')),
    CONSTRAINT source_running_holds_a_lease CHECK ((state = 'running') = (lease_token IS NOT NULL AND lease_until IS NOT NULL))
);

CREATE INDEX source_to_claim ON source (next_run_at) WHERE state = 'idle';
CREATE INDEX source_to_rescue ON source (lease_until) WHERE state = 'running';

CREATE TABLE source_run (
    tenant_id       integer NOT NULL,
    run_id          bigint GENERATED ALWAYS AS IDENTITY,
    source_id       uuid NOT NULL,
    started_at      timestamptz NOT NULL DEFAULT now(),
    finished_at     timestamptz,
    -- Null while it runs.
    outcome         text,
    listed_count    integer NOT NULL DEFAULT 0,
    added_count     integer NOT NULL DEFAULT 0,
    changed_count   integer NOT NULL DEFAULT 0,
    unchanged_count integer NOT NULL DEFAULT 0,
    deleted_count   integer NOT NULL DEFAULT 0,
    rejected_count  integer NOT NULL DEFAULT 0,
    failed_count    integer NOT NULL DEFAULT 0,
    -- Deletions that wait for a person.
    held_count      integer NOT NULL DEFAULT 0,
    -- The first of them: [{"item","code","reason"}].
    problems        jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (tenant_id, run_id),
    FOREIGN KEY (tenant_id, source_id) REFERENCES source ON DELETE CASCADE,
    CONSTRAINT source_run_outcome_is_known CHECK (outcome IN ('completed', 'partial', 'failed', 'held', 'interrupted')),
    CONSTRAINT source_run_ends_with_an_outcome CHECK ((outcome IS NULL) = (finished_at IS NULL))
);

CREATE INDEX source_run_by_source ON source_run (tenant_id, source_id, run_id DESC);

CREATE TABLE source_item (
    tenant_id      integer NOT NULL,
    source_id      uuid NOT NULL,
    item_key       text NOT NULL,
    -- Null: a run is in the middle of taking it in or of deleting it, so that the next one does it again.
    fingerprint    text,
    -- The document made of it. It may be gone: a user has deleted it.
    document_id    uuid,
    -- Why no document is made of it.
    problem_code   text,
    problem_reason text,
    changed_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, source_id, item_key),
    FOREIGN KEY (tenant_id, source_id) REFERENCES source ON DELETE CASCADE,
    CONSTRAINT source_item_problem_has_a_reason CHECK ((problem_code IS NULL) = (problem_reason IS NULL))
);

-- Documents that an uploaded archive has made; a later archive may delete those of its prefix that it does not hold.
CREATE TABLE archive_document (
    tenant_id   integer NOT NULL,
    document_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, document_id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES document ON DELETE CASCADE
);

-- Whoever may read a source's documents manages it. What hangs on a row follows that row's policy.
ALTER TABLE source ENABLE ROW LEVEL SECURITY;
CREATE POLICY source_is_for_the_caller ON source TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]));
CREATE POLICY source_is_open_to_workers ON source TO aiapp_worker USING (true);

ALTER TABLE source_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY source_run_is_for_the_caller ON source_run TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant())
           AND EXISTS (SELECT FROM source AS s WHERE s.tenant_id = source_run.tenant_id AND s.source_id = source_run.source_id));
CREATE POLICY source_run_is_open_to_workers ON source_run TO aiapp_worker USING (true);

ALTER TABLE source_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY source_item_is_for_the_caller ON source_item TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant())
           AND EXISTS (SELECT FROM source AS s WHERE s.tenant_id = source_item.tenant_id AND s.source_id = source_item.source_id));
CREATE POLICY source_item_is_open_to_workers ON source_item TO aiapp_worker USING (true);

ALTER TABLE archive_document ENABLE ROW LEVEL SECURITY;
CREATE POLICY archive_document_is_for_the_caller ON archive_document TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant())
           AND EXISTS (SELECT FROM document AS d WHERE d.tenant_id = archive_document.tenant_id AND d.document_id = archive_document.document_id));
CREATE POLICY archive_document_is_open_to_workers ON archive_document TO aiapp_worker USING (true);
