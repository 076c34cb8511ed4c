CREATE TABLE collection (
    tenant_id           integer NOT NULL REFERENCES tenant,
    collection_id       integer GENERATED ALWAYS AS IDENTITY,
    name                text NOT NULL,
    -- Text-search configuration of documents whose own language is unknown.
    language            regconfig NOT NULL DEFAULT 'english',
    -- A constant of the index, in lexemes: changing it means recomputing every bm25 vector.
    bm25_average_length real NOT NULL DEFAULT 120,
    created_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, collection_id),
    CONSTRAINT collection_name_is_unique UNIQUE (tenant_id, name),
    CONSTRAINT collection_name_is_short CHECK (length(name) BETWEEN 1 AND 100)
);

-- Uploaded bytes, content-addressed: an upload is durable here before it is acknowledged.
CREATE TABLE content (
    tenant_id    integer NOT NULL REFERENCES tenant,
    content_hash bytea NOT NULL,
    bytes        bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, content_hash),
    CONSTRAINT content_hash_is_sha256 CHECK (octet_length(content_hash) = 32)
);

CREATE TABLE document (
    tenant_id          integer NOT NULL,
    document_id        uuid NOT NULL DEFAULT gen_random_uuid(),
    collection_id      integer NOT NULL,
    source_uri         text NOT NULL,
    title              text NOT NULL,
    media_type         text NOT NULL,
    size_bytes         bigint NOT NULL,
    content_hash       bytea NOT NULL,
    -- waiting: accepted, a job stands in the queue; working: a worker has it; ready: the newest upload is searchable;
    -- failed: the newest upload could not be ingested (an older version may still be searchable).
    status             text NOT NULL DEFAULT 'waiting',
    stage              text NOT NULL DEFAULT 'received',
    failure_code       text,
    failure_reason     text,
    current_version_id bigint,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, document_id),
    FOREIGN KEY (tenant_id, collection_id) REFERENCES collection,
    CONSTRAINT document_identity_is_collection_and_source UNIQUE (tenant_id, collection_id, source_uri),
    CONSTRAINT document_status_is_known CHECK (status IN ('waiting', 'working', 'ready', 'failed')),
    CONSTRAINT document_stage_is_known CHECK (stage IN ('received', 'reading', 'chunking', 'embedding', 'publishing', 'ready')),
    CONSTRAINT document_failure_has_a_reason CHECK ((status = 'failed') = (failure_code IS NOT NULL))
);

CREATE INDEX document_by_update ON document (tenant_id, updated_at DESC, document_id);
CREATE INDEX document_by_status ON document (tenant_id, status, updated_at DESC, document_id);
-- Bytes are removed with the last document or version that uses them.
CREATE INDEX document_by_content ON document (tenant_id, content_hash);

CREATE TABLE document_version (
    tenant_id       integer NOT NULL,
    version_id      bigint GENERATED ALWAYS AS IDENTITY,
    document_id     uuid NOT NULL,
    number          integer NOT NULL,
    content_hash    bytea NOT NULL,
    title           text NOT NULL,
    -- What citations point into: offsets and lengths are UTF-16 code units of this text.
    canonical_text  text NOT NULL,
    -- Blocks of the canonical text in order: [{"kind","start","length","level"}].
    structure       jsonb NOT NULL,
    reader_version  text NOT NULL,
    chunker_version text NOT NULL,
    valid_from      date,
    valid_until     date,
    chunk_count     integer NOT NULL,
    token_count     integer NOT NULL,
    published_at    timestamptz NOT NULL DEFAULT now(),
    superseded_at   timestamptz,
    PRIMARY KEY (tenant_id, version_id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES document ON DELETE CASCADE,
    CONSTRAINT document_version_number_is_unique UNIQUE (tenant_id, document_id, number),
    CONSTRAINT document_version_is_superseded_after_publication CHECK (superseded_at >= published_at)
);

CREATE INDEX document_version_by_content ON document_version (tenant_id, content_hash);

ALTER TABLE document ADD CONSTRAINT document_current_version_exists
    FOREIGN KEY (tenant_id, current_version_id) REFERENCES document_version DEFERRABLE INITIALLY DEFERRED;
