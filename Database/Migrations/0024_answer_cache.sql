-- What a cached answer is checked by before it is given again, and where that is said.

-- The transaction that last changed what is found of a version: that published it, or gave it other readers. A cached answer carries the
-- snapshot that its evidence was read in, so that the database itself says what came later: a clock cannot, because a transaction that
-- began before the question may commit after it.
ALTER TABLE document_version ADD COLUMN changed_in bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint;

CREATE FUNCTION mark_changed_version() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    new.changed_in := pg_current_xact_id()::text::bigint;
    RETURN new;
END $$;

CREATE TRIGGER document_version_is_marked BEFORE UPDATE OF reader_set_id ON document_version
    FOR EACH ROW WHEN (old.reader_set_id <> new.reader_set_id) EXECUTE FUNCTION mark_changed_version();

-- The switch of each tenant.
ALTER TABLE tenant ADD COLUMN cache_is_enabled boolean NOT NULL DEFAULT true;

ALTER TABLE answer
    -- The answer that this one repeats, and when that was given.
    ADD COLUMN cached_from uuid,
    ADD COLUMN cached_at timestamptz,
    -- What the cache decided; null where it was not asked.
    ADD COLUMN cache_result text,
    ADD CONSTRAINT answer_cached_has_an_origin CHECK ((cached_from IS NULL) = (cached_at IS NULL));

-- Transaction numbers begin anew where the database is restored into another cluster or to another point of time, and two databases of one
-- cluster may share a Redis: what was cached for one says nothing about the other. Roles other than the owner need not be able to read the
-- control file.
CREATE FUNCTION database_incarnation() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (SELECT system_identifier FROM pg_control_system()) || '.' || (SELECT timeline_id FROM pg_control_checkpoint()) || '.'
        || (SELECT oid FROM pg_database WHERE datname = current_database());

REVOKE ALL ON FUNCTION database_incarnation() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION database_incarnation() TO aiapp_app;
