-- Who may read a document: a set of principals. Documents and chunks carry the number of their set, and a request
-- resolves once which sets its principals may read.
CREATE TABLE reader_set (
    tenant_id     integer NOT NULL REFERENCES tenant,
    reader_set_id integer GENERATED ALWAYS AS IDENTITY,
    -- Sorted, without repetition: the same readers are the same set.
    principals    text[] NOT NULL,
    PRIMARY KEY (tenant_id, reader_set_id),
    CONSTRAINT reader_set_is_known_once UNIQUE (tenant_id, principals),
    CONSTRAINT reader_set_is_not_empty CHECK (cardinality(principals) BETWEEN 1 AND 200)
);

CREATE INDEX reader_set_by_principal ON reader_set USING gin (principals);

INSERT INTO reader_set (tenant_id, principals) SELECT tenant_id, '{everyone}' FROM tenant;

-- The caller of the transaction, set by the application before it reads (set_config with is_local). Unset: nobody.
CREATE FUNCTION caller_tenant() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('aiapp.tenant', true), '')::integer;

-- Rows of reader_set are visible to its owner only through this function and the policies built on it.
CREATE FUNCTION caller_reader_sets() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (SELECT coalesce(array_agg(reader_set_id), '{}')
            FROM reader_set
            WHERE tenant_id = caller_tenant()
              AND principals && coalesce(nullif(current_setting('aiapp.principals', true), '')::text[], '{}'));

ALTER TABLE document ADD COLUMN reader_set_id integer;
UPDATE document SET reader_set_id = (SELECT reader_set_id FROM reader_set
                                     WHERE reader_set.tenant_id = document.tenant_id AND principals = '{everyone}');
ALTER TABLE document ALTER COLUMN reader_set_id SET NOT NULL,
    ADD FOREIGN KEY (tenant_id, reader_set_id) REFERENCES reader_set;

-- A copy of the document's, so that both legs can filter without a join; they change in one transaction.
ALTER TABLE chunk ADD COLUMN reader_set_id integer;
UPDATE chunk SET reader_set_id = (SELECT reader_set_id FROM document
                                  WHERE document.tenant_id = chunk.tenant_id AND document.document_id = chunk.document_id);
ALTER TABLE chunk ALTER COLUMN reader_set_id SET NOT NULL;

-- Chunks by collection and reader set as append-only deltas, merged in the background like lexeme_statistic: the number
-- of chunks a request may read chooses its plan.
CREATE TABLE chunk_statistic (
    tenant_id     integer NOT NULL,
    collection_id integer NOT NULL,
    reader_set_id integer NOT NULL,
    chunk_count   integer NOT NULL
);

CREATE INDEX chunk_statistic_by_reader_set ON chunk_statistic (tenant_id, collection_id, reader_set_id) INCLUDE (chunk_count);

INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, chunk_count)
SELECT tenant_id, collection_id, reader_set_id, count(*) FROM chunk GROUP BY 1, 2, 3;
