-- Which transactions have changed what is found in a collection. A search that was made before holds as long as its snapshot has seen all of
-- them: the database says so itself, where messages may be lost and clocks differ. By its transaction, because whoever writes numbers into
-- one row would wait for everybody else who does.
CREATE TABLE index_change (
    tenant_id     integer NOT NULL,
    collection_id integer NOT NULL,
    changed_in    bigint NOT NULL,
    changed_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, collection_id, changed_in)
);

CREATE INDEX index_change_by_time ON index_change (changed_at);

-- Chunks, vectors and statistics come and go in the transaction that shows a document's version, closes it or deletes it, and lexemes are
-- weighed anew in the one that sets the collection's average length. What else of a document stands in a passage is named here.
CREATE FUNCTION note_index_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO index_change (tenant_id, collection_id, changed_in)
    VALUES (old.tenant_id, old.collection_id, pg_current_xact_id()::text::bigint)
    ON CONFLICT DO NOTHING;
    IF TG_OP = 'UPDATE' AND new.collection_id <> old.collection_id THEN
        INSERT INTO index_change (tenant_id, collection_id, changed_in)
        VALUES (new.tenant_id, new.collection_id, pg_current_xact_id()::text::bigint)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION note_index_change() FROM PUBLIC;

CREATE TRIGGER document_changes_the_index AFTER UPDATE ON document
    FOR EACH ROW WHEN ((old.collection_id, old.current_version_id, old.reader_set_id, old.title, old.source_uri)
        IS DISTINCT FROM (new.collection_id, new.current_version_id, new.reader_set_id, new.title, new.source_uri))
    EXECUTE FUNCTION note_index_change();

CREATE TRIGGER document_leaves_the_index AFTER DELETE ON document
    FOR EACH ROW WHEN (old.current_version_id IS NOT NULL) EXECUTE FUNCTION note_index_change();

CREATE TRIGGER collection_changes_the_index AFTER UPDATE ON collection
    FOR EACH ROW WHEN ((old.name, old.language, old.bm25_average_length) IS DISTINCT FROM (new.name, new.language, new.bm25_average_length))
    EXECUTE FUNCTION note_index_change();

ALTER TABLE index_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY index_change_is_for_its_tenant ON index_change FOR SELECT TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY index_change_is_open_to_workers ON index_change TO aiapp_worker USING (true);
