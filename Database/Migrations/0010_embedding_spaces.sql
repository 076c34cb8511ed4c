-- A new embedding model is filled beside the one in use and taken by one change of state; readers filter inside the vector tables.
-- filling: the worker is making its vectors; ready: every chunk has one; current: questions are searched here;
-- retired: was current and is still written, so that a rollback loses nothing. A dropped space is gone. Drawn in docs/adr/0012.
ALTER TABLE embedding_space
    ADD COLUMN state text NOT NULL DEFAULT 'filling',
    -- Null while chunks may lack a vector, whatever the state: a swap may be forced, a worker may not know a model.
    ADD COLUMN filled_at timestamptz,
    ADD COLUMN current_at timestamptz,
    ADD COLUMN retired_at timestamptz,
    ADD COLUMN chunks_per_second real,
    ADD COLUMN lease_token uuid,
    ADD COLUMN lease_until timestamptz;

UPDATE embedding_space SET state = 'retired', retired_at = now(), current_at = created_at;
-- Without a pointer so far: the newest space is that of the model used last.
UPDATE embedding_space SET state = 'current', retired_at = NULL
WHERE embedding_space_id = (SELECT max(embedding_space_id) FROM embedding_space);

ALTER TABLE embedding_space
    ADD CONSTRAINT embedding_space_state_is_known CHECK (state IN ('filling', 'ready', 'current', 'retired')),
    ADD CONSTRAINT embedding_space_ready_is_filled CHECK (state <> 'ready' OR filled_at IS NOT NULL),
    ADD CONSTRAINT embedding_space_filling_is_not_filled CHECK (state <> 'filling' OR filled_at IS NULL),
    ADD CONSTRAINT embedding_space_retired_was_current CHECK ((state = 'retired') = (retired_at IS NOT NULL)),
    ADD CONSTRAINT embedding_space_lease_is_whole CHECK ((lease_token IS NULL) = (lease_until IS NULL));

CREATE UNIQUE INDEX embedding_space_current_is_single ON embedding_space (state) WHERE state = 'current';

-- Everything of a vector table but its columns. The second wall stands here too: the subselects are evaluated once a statement.
CREATE FUNCTION finish_embedding_table(table_name name) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE INDEX %I ON %I (tenant_id, collection_id, reader_set_id)', table_name || '_by_reader_set', table_name);
    -- Denser than pgvector's default (16, 64): the same recall at a quarter of the candidate list, measured in docs/adr/0013.
    EXECUTE format('CREATE INDEX %I ON %I USING hnsw (embedding halfvec_cosine_ops) WITH (m = 24, ef_construction = 200)',
        table_name || '_by_distance', table_name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
    EXECUTE format('CREATE POLICY vector_is_for_the_caller ON %I TO aiapp_app USING (
        tenant_id = (SELECT caller_tenant()) AND reader_set_id = ANY ((SELECT caller_reader_sets())::integer[]))', table_name);
    EXECUTE format('CREATE POLICY vector_is_open_to_workers ON %I TO aiapp_worker USING (true)', table_name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aiapp_app', table_name);
END $$;

REVOKE ALL ON FUNCTION finish_embedding_table(name) FROM PUBLIC;

-- A distance index that does not fit into this is built from the disk: 232,000 vectors of 384 dimensions took ten times as long.
SET LOCAL maintenance_work_mem = '512MB';

DO $$
DECLARE
    space embedding_space;
BEGIN
    FOR space IN SELECT * FROM embedding_space LOOP
        -- Vectors go over in bulk: updated in place, each row would enter the distance index once more.
        EXECUTE format('ALTER TABLE %I RENAME TO %I', space.table_name, space.table_name || '_old');
        EXECUTE format('ALTER INDEX %I RENAME TO %I', space.table_name || '_pkey', space.table_name || '_old_pkey');
        EXECUTE format('DROP INDEX %I', space.table_name || '_by_distance');
        EXECUTE format('CREATE TABLE %I (
            tenant_id     integer NOT NULL,
            collection_id integer NOT NULL,
            reader_set_id integer NOT NULL,
            chunk_id      bigint NOT NULL,
            embedding     halfvec(%s) NOT NULL)', space.table_name, space.dimensions);
        EXECUTE format('ALTER TABLE %I ALTER COLUMN embedding SET STORAGE PLAIN', space.table_name);
        EXECUTE format('INSERT INTO %I (tenant_id, collection_id, reader_set_id, chunk_id, embedding)
            SELECT tenant_id, chunk.collection_id, chunk.reader_set_id, chunk_id, embedding
            FROM %I JOIN chunk USING (tenant_id, chunk_id)', space.table_name, space.table_name || '_old');
        EXECUTE format('DROP TABLE %I', space.table_name || '_old');
        EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (tenant_id, chunk_id),
            ADD FOREIGN KEY (tenant_id, chunk_id) REFERENCES chunk ON DELETE CASCADE', space.table_name);
        PERFORM finish_embedding_table(space.table_name);
    END LOOP;
END $$;

-- DDL belongs to the owner: the application asks for a space and receives its table. The first one is current at once;
-- every other is filled first.
CREATE OR REPLACE FUNCTION ensure_embedding_space(wanted_model text, wanted_dimensions integer) RETURNS embedding_space
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    space embedding_space;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('aiapp.embedding_space', 0));
    SELECT * INTO space FROM embedding_space WHERE model = wanted_model AND dimensions = wanted_dimensions;
    IF FOUND THEN
        RETURN space;
    END IF;

    INSERT INTO embedding_space (model, dimensions, table_name, state, filled_at, current_at)
    SELECT wanted_model, wanted_dimensions, '',
           CASE WHEN first THEN 'current' ELSE 'filling' END,
           CASE WHEN first AND NOT EXISTS (SELECT FROM chunk) THEN now() END,
           CASE WHEN first THEN now() END
    FROM (SELECT NOT EXISTS (SELECT FROM embedding_space WHERE state = 'current') AS first) AS place
    RETURNING * INTO space;
    space.table_name := 'embedding_' || space.embedding_space_id;
    UPDATE embedding_space SET table_name = space.table_name WHERE embedding_space_id = space.embedding_space_id;

    EXECUTE format(
        'CREATE TABLE %I (
            tenant_id     integer NOT NULL,
            collection_id integer NOT NULL,
            reader_set_id integer NOT NULL,
            chunk_id      bigint NOT NULL,
            embedding     halfvec(%s) NOT NULL,
            PRIMARY KEY (tenant_id, chunk_id),
            FOREIGN KEY (tenant_id, chunk_id) REFERENCES chunk ON DELETE CASCADE
        )', space.table_name, wanted_dimensions);
    -- Beside its row, where an exact scan reads it without a detour; halfvec(4000) just fits a page.
    EXECUTE format('ALTER TABLE %I ALTER COLUMN embedding SET STORAGE PLAIN', space.table_name);
    PERFORM finish_embedding_table(space.table_name);
    RETURN space;
END $$;

-- False when there is no such space or questions are searched in it.
CREATE FUNCTION drop_embedding_space(space_id integer) RETURNS boolean
    -- Questions wait behind this lock for as long as it waits: rather not dropped now than slow for everybody.
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '2s'
AS $$
DECLARE
    space embedding_space;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('aiapp.embedding_space', 0));
    DELETE FROM embedding_space WHERE embedding_space_id = space_id AND state <> 'current' RETURNING * INTO space;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP TABLE %I', space.table_name);
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION drop_embedding_space(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_embedding_space(text, integer), drop_embedding_space(integer) TO aiapp_app;

-- Over all tenants, which the application's role cannot see: how many chunks there are, what they hold, and how many of
-- them each space has a vector for. Spaces that are filled are not counted again.
CREATE FUNCTION embedding_progress() RETURNS TABLE (embedding_space_id integer, embedded_count bigint, chunk_count bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    space embedding_space;
BEGIN
    SELECT coalesce(sum(statistic.chunk_count), 0) INTO chunk_count FROM chunk_statistic AS statistic;
    FOR space IN SELECT * FROM embedding_space LOOP
        embedding_space_id := space.embedding_space_id;
        embedded_count := chunk_count;
        IF space.filled_at IS NULL THEN
            EXECUTE format('SELECT count(*) FROM %I', space.table_name) INTO embedded_count;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;

CREATE FUNCTION chunk_totals() RETURNS TABLE (chunk_count bigint, token_count bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT count(*), coalesce(sum(token_count), 0) FROM chunk
$$;

REVOKE ALL ON FUNCTION embedding_progress(), chunk_totals() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION embedding_progress(), chunk_totals() TO aiapp_app;
