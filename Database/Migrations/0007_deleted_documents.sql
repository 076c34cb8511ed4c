-- What a user has deleted stays deleted when a source is imported again by itself; an upload by a person brings it back.
CREATE TABLE deleted_document (
    tenant_id     integer NOT NULL,
    collection_id integer NOT NULL,
    source_uri    text NOT NULL,
    deleted_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, collection_id, source_uri),
    FOREIGN KEY (tenant_id, collection_id) REFERENCES collection ON DELETE CASCADE
);
