-- Who may read a document: a set of principals. Documents and chunks carry the number of their set, and a request
-- resolves once which sets its principals may read.
CREATE FUNCTION principals_hash(principals text[]) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    -- No principal holds a line break. Both functions are only called stable because other types than text depend on settings.
    RETURN sha256(convert_to(array_to_string(principals, E'\n'), 'UTF8'));

CREATE TABLE reader_set (
    tenant_id     integer NOT NULL REFERENCES tenant,
    reader_set_id integer GENERATED ALWAYS AS IDENTITY,
    -- Sorted, without repetition: the same readers are the same set. By their hash, because two hundred names are more
    -- than an index takes.
    principals    text[] NOT NULL,
    hash          bytea GENERATED ALWAYS AS (principals_hash(principals)) STORED,
    PRIMARY KEY (tenant_id, reader_set_id),
    CONSTRAINT reader_set_is_known_once UNIQUE (tenant_id, hash),
    CONSTRAINT reader_set_is_not_empty CHECK (cardinality(principals) BETWEEN 1 AND 200)
);

CREATE INDEX reader_set_by_principal ON reader_set USING gin (principals);

INSERT INTO reader_set (tenant_id, principals) SELECT tenant_id, '{everyone}' FROM tenant;

-- Which sets these principals may read. Rows of reader_set are hidden from everybody else by a policy, so that the
-- application asks its owner. In PL/pgSQL, which keeps its plan: in SQL a call took twice as long.
CREATE FUNCTION reader_sets_of(tenant integer, names text[]) RETURNS integer[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(reader_set_id), '{}') FROM reader_set WHERE tenant_id = tenant AND principals && names);
END $$;

-- The caller of the transaction, set by the application before it reads (set_config with is_local). Unset: nobody.
-- The sets stand in a setting of their own, because a policy asks for them once per table and statement: found again each
-- time, they would cost more than the rows they guard.
CREATE FUNCTION caller_tenant() RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('aiapp.tenant', true), '')::integer;

CREATE FUNCTION caller_principals() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('aiapp.principals', true), '')::text[], '{}');

CREATE FUNCTION caller_reader_sets() RETURNS integer[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('aiapp.reader_sets', true), '')::integer[], '{}');

ALTER TABLE document ADD COLUMN reader_set_id integer;
UPDATE document SET reader_set_id = (SELECT reader_set_id FROM reader_set
                                     WHERE reader_set.tenant_id = document.tenant_id AND principals = '{everyone}');
ALTER TABLE document ALTER COLUMN reader_set_id SET NOT NULL,
    ADD FOREIGN KEY (tenant_id, reader_set_id) REFERENCES reader_set;

CREATE INDEX document_by_reader_set ON document (tenant_id, reader_set_id, updated_at DESC, document_id);

-- Copies of the document's, so that both legs and a version's text are filtered without a join; all change in one
-- transaction (see spread_readers).
ALTER TABLE document_version ADD COLUMN reader_set_id integer;
UPDATE document_version SET reader_set_id = (SELECT reader_set_id FROM document
                                             WHERE document.tenant_id = document_version.tenant_id
                                               AND document.document_id = document_version.document_id);
ALTER TABLE document_version ALTER COLUMN reader_set_id SET NOT NULL;

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
    -- A question is analysed in the languages of the chunks it searches.
    language      regconfig NOT NULL,
    chunk_count   integer NOT NULL
);

CREATE INDEX chunk_statistic_by_reader_set ON chunk_statistic (tenant_id, collection_id, reader_set_id, language) INCLUDE (chunk_count);

INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
SELECT tenant_id, collection_id, reader_set_id, language, count(*) FROM chunk GROUP BY 1, 2, 3, 4;

-- The second wall. The application role sees what the caller of its transaction may read, whatever its statements forget;
-- background work, which serves no caller, takes a role of its own. Neither role owns anything or may bypass a policy.
-- The owner is not bound: cascades, the functions below and migrations act as the owner.
DO $$
BEGIN
    CREATE ROLE aiapp_worker NOLOGIN;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

GRANT aiapp_worker TO CURRENT_USER;
-- What the application may do to a table, a worker may too; policies alone tell them apart.
GRANT aiapp_app TO aiapp_worker;

-- Each setting is looked at once per statement, not once per row: that is what the sub-selects are for.
ALTER TABLE reader_set ENABLE ROW LEVEL SECURITY;
CREATE POLICY reader_set_holds_the_caller ON reader_set TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND principals && (SELECT caller_principals()));
CREATE POLICY reader_set_is_open_to_workers ON reader_set TO aiapp_worker USING (true);

ALTER TABLE document ENABLE ROW LEVEL SECURITY;
CREATE POLICY document_is_for_the_caller ON document TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]));
CREATE POLICY document_is_open_to_workers ON document TO aiapp_worker USING (true);

ALTER TABLE document_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY document_version_is_for_the_caller ON document_version TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]));
CREATE POLICY document_version_is_open_to_workers ON document_version TO aiapp_worker USING (true);

ALTER TABLE chunk ENABLE ROW LEVEL SECURITY;
CREATE POLICY chunk_is_for_the_caller ON chunk TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]));
CREATE POLICY chunk_is_open_to_workers ON chunk TO aiapp_worker USING (true);

ALTER TABLE chunk_statistic ENABLE ROW LEVEL SECURITY;
CREATE POLICY chunk_statistic_is_for_the_caller ON chunk_statistic TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]));
CREATE POLICY chunk_statistic_is_open_to_workers ON chunk_statistic TO aiapp_worker USING (true);

-- Uploaded bytes are for workers: the application stores them and cannot read them back.
REVOKE ALL ON content FROM aiapp_app;
GRANT INSERT, SELECT (tenant_id, content_hash), UPDATE (created_at) ON content TO aiapp_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON content TO aiapp_worker;

-- Whether bytes are still in use is not the caller's to see. Two statements, because only the second one's snapshot sees
-- who has used the bytes while the first waited.
CREATE FUNCTION delete_unused_contents(tenant integer, hashes bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM FROM content WHERE tenant_id = tenant AND content_hash = ANY (hashes) ORDER BY content_hash FOR UPDATE;
    DELETE FROM content AS c
    WHERE c.tenant_id = tenant AND c.content_hash = ANY (hashes)
      AND NOT EXISTS (SELECT FROM document AS d WHERE d.tenant_id = tenant AND d.content_hash = c.content_hash)
      AND NOT EXISTS (SELECT FROM document_version AS v WHERE v.tenant_id = tenant AND v.content_hash = c.content_hash);
END $$;

-- Every copy of a document's readers changes with it, in the same transaction: the tables are found by their columns, so
-- that a new index table cannot be forgotten.
CREATE FUNCTION spread_readers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    copy regclass;
BEGIN
    INSERT INTO chunk_statistic (tenant_id, collection_id, reader_set_id, language, chunk_count)
    SELECT new.tenant_id, collection_id, given.reader_set_id, language, given.sign * count(*)
    FROM chunk CROSS JOIN (VALUES (old.reader_set_id, -1), (new.reader_set_id, 1)) AS given (reader_set_id, sign)
    WHERE tenant_id = new.tenant_id AND document_id = new.document_id
    GROUP BY collection_id, given.reader_set_id, language, given.sign;

    UPDATE document_version SET reader_set_id = new.reader_set_id
    WHERE tenant_id = new.tenant_id AND document_id = new.document_id;
    UPDATE chunk SET reader_set_id = new.reader_set_id
    WHERE tenant_id = new.tenant_id AND document_id = new.document_id;

    FOR copy IN
        SELECT attrelid::regclass
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'chunk'
          AND attname IN ('tenant_id', 'chunk_id', 'reader_set_id') AND NOT attisdropped
        GROUP BY attrelid
        HAVING count(*) = 3
    LOOP
        EXECUTE format(
            'UPDATE %s SET reader_set_id = $1
             WHERE tenant_id = $2 AND chunk_id = ANY (ARRAY(SELECT chunk_id FROM chunk WHERE tenant_id = $2 AND document_id = $3))',
            copy) USING new.reader_set_id, new.tenant_id, new.document_id;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER document_readers_are_spread AFTER UPDATE OF reader_set_id ON document
    FOR EACH ROW WHEN (old.reader_set_id <> new.reader_set_id) EXECUTE FUNCTION spread_readers();

REVOKE ALL ON FUNCTION reader_sets_of(integer, text[]), delete_unused_contents(integer, bytea[]), spread_readers()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reader_sets_of(integer, text[]), delete_unused_contents(integer, bytea[]) TO aiapp_app;

-- What a key's own requests may read besides what everyone may.
ALTER TABLE api_key ADD COLUMN principals text[] NOT NULL DEFAULT '{}';
