-- What reading a file gave is kept by what was read and by what, so that no file is read twice by the same readers: a job that
-- goes on after an outage, a copy under another path and an older text that comes back start with the text.
CREATE FUNCTION reading_key(content_hash bytea, source_uri text, media_type text, readers text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- Of the address only the file's name can show in what is read: as its type, and as the title of what has none.
    -- Called stable only because other encodings depend on settings.
    RETURN sha256(content_hash || convert_to(media_type || E'\n' || regexp_replace(source_uri, '^.*/', '') || E'\n' || readers, 'UTF8'));

-- Null in versions that were published before, which are read again.
ALTER TABLE document_version
    ADD COLUMN reading_key bytea,
    -- As the document itself says it.
    ADD COLUMN language text,
    ADD COLUMN pages_are_separate boolean NOT NULL DEFAULT false;

-- Of what is not published yet: an attempt that has failed after reading, or a file that took long to read. Published versions
-- keep their own.
CREATE TABLE reading (
    tenant_id          integer NOT NULL,
    reading_key        bytea NOT NULL,
    content_hash       bytea NOT NULL,
    title              text NOT NULL,
    canonical_text     text NOT NULL,
    structure          jsonb NOT NULL,
    reader_version     text NOT NULL,
    pages              integer[],
    pages_are_separate boolean NOT NULL,
    valid_from         date,
    valid_until        date,
    language           text,
    created_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, reading_key),
    -- Goes with the bytes.
    FOREIGN KEY (tenant_id, content_hash) REFERENCES content ON DELETE CASCADE
);

CREATE INDEX reading_by_content ON reading (tenant_id, content_hash);

ALTER TABLE reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY reading_is_open_to_workers ON reading TO aiapp_worker USING (true);
REVOKE ALL ON reading FROM aiapp_app, aiapp_worker;
GRANT SELECT, INSERT, DELETE ON reading TO aiapp_worker;

-- A person may ask for it: the readers are the same, but the machine they ran on was not.
ALTER TABLE job ADD COLUMN reads_anew boolean NOT NULL DEFAULT false;
