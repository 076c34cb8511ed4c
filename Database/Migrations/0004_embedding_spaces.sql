-- One vector table per embedding space, so that a new model is filled beside the old one and swapped by one pointer.
CREATE TABLE embedding_space (
    embedding_space_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model              text NOT NULL,
    dimensions         integer NOT NULL,
    table_name         name NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT embedding_space_model_is_unique UNIQUE (model, dimensions),
    -- halfvec's own limit for an HNSW index.
    CONSTRAINT embedding_space_dimensions_are_indexable CHECK (dimensions BETWEEN 1 AND 4000)
);

-- DDL belongs to the owner: the application asks for a space and receives its table, made on first use.
CREATE FUNCTION ensure_embedding_space(wanted_model text, wanted_dimensions integer) RETURNS embedding_space
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

    INSERT INTO embedding_space (model, dimensions, table_name)
    VALUES (wanted_model, wanted_dimensions, '')
    RETURNING * INTO space;
    space.table_name := 'embedding_' || space.embedding_space_id;
    UPDATE embedding_space SET table_name = space.table_name WHERE embedding_space_id = space.embedding_space_id;

    EXECUTE format(
        'CREATE TABLE %I (
            tenant_id     integer NOT NULL,
            collection_id integer NOT NULL,
            chunk_id      bigint NOT NULL,
            embedding     halfvec(%s) NOT NULL,
            PRIMARY KEY (tenant_id, chunk_id),
            FOREIGN KEY (tenant_id, chunk_id) REFERENCES chunk ON DELETE CASCADE
        )', space.table_name, wanted_dimensions);
    -- m and ef_construction are pgvector's defaults, written out because recall figures refer to them.
    EXECUTE format(
        'CREATE INDEX %I ON %I USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)',
        space.table_name || '_by_distance', space.table_name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aiapp_app', space.table_name);
    RETURN space;
END $$;

REVOKE ALL ON FUNCTION ensure_embedding_space(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_embedding_space(text, integer) TO aiapp_app;
