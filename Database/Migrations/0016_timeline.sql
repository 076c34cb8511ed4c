-- What has become of each upload of a document, written by the database with the change itself: nothing can happen to a job that
-- its document's timeline does not tell.
ALTER TABLE finished_job ADD COLUMN stages jsonb;

CREATE TABLE job_event (
    tenant_id   integer NOT NULL,
    event_id    bigint GENERATED ALWAYS AS IDENTITY,
    -- No foreign key: it would lock the document after its job, against the order that everybody keeps.
    document_id uuid NOT NULL,
    job_id      bigint NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind        text NOT NULL,
    attempt     smallint NOT NULL,
    -- Where the attempt ended, and why: a code of the closed list, and the reason as a person reads it.
    stage       text,
    code        text,
    reason      text,
    -- Milliseconds by stage, of an attempt that ended in a publication.
    stages      jsonb,
    PRIMARY KEY (tenant_id, event_id),
    CONSTRAINT job_event_kind_is_known CHECK (kind IN
        ('queued', 'replaced', 'started', 'given_back', 'postponed', 'failed', 'crashed', 'completed', 'discarded', 'cancelled'))
);

CREATE INDEX job_event_by_document ON job_event (tenant_id, document_id, event_id);

ALTER TABLE job_event ENABLE ROW LEVEL SECURITY;
-- The document's own policy decides.
CREATE POLICY job_event_is_for_readers_of_the_document ON job_event TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant())
           AND EXISTS (SELECT FROM document AS d WHERE d.tenant_id = job_event.tenant_id AND d.document_id = job_event.document_id));
CREATE POLICY job_event_is_open_to_workers ON job_event TO aiapp_worker USING (true);
-- Written by the triggers alone.
REVOKE ALL ON job_event FROM aiapp_app, aiapp_worker;
GRANT SELECT ON job_event TO aiapp_app;
GRANT SELECT, DELETE ON job_event TO aiapp_worker;

-- Who changes a job may say where it stood and why, for the transaction: aiapp.stage and aiapp.reason.
CREATE FUNCTION tell_job() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    what text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        what := 'queued';
    ELSIF new.content_hash <> old.content_hash OR new.created_at <> old.created_at THEN
        what := 'replaced';
    ELSIF new.state = 'running' THEN
        what := 'started';
    ELSIF new.crash_count > old.crash_count THEN
        what := 'crashed';
    ELSIF new.attempt = old.attempt THEN
        what := 'failed';
    ELSIF new.reason IS NOT NULL THEN
        what := 'postponed';
    ELSE
        what := 'given_back';
    END IF;
    INSERT INTO job_event (tenant_id, document_id, job_id, kind, attempt, stage, code, reason)
    VALUES (new.tenant_id, new.document_id, new.job_id, what, greatest(new.attempt, CASE TG_OP WHEN 'UPDATE' THEN old.attempt ELSE 0 END),
            CASE WHEN what IN ('crashed', 'failed', 'postponed', 'given_back') THEN nullif(current_setting('aiapp.stage', true), '') END,
            CASE WHEN what IN ('failed', 'postponed') THEN new.reason END,
            CASE WHEN what IN ('failed', 'postponed') THEN nullif(current_setting('aiapp.reason', true), '') END);
    RETURN NULL;
END $$;

CREATE TRIGGER job_is_told AFTER INSERT OR UPDATE OF state, content_hash ON job FOR EACH ROW EXECUTE FUNCTION tell_job();

CREATE FUNCTION tell_finished_job() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO job_event (tenant_id, document_id, job_id, kind, attempt, stage, code, reason, stages)
    SELECT new.tenant_id, new.document_id, new.job_id, new.state, new.attempt,
           CASE new.state WHEN 'discarded' THEN nullif(current_setting('aiapp.stage', true), '') END, new.reason,
           CASE new.state WHEN 'discarded' THEN nullif(current_setting('aiapp.reason', true), '') END, new.stages
    FROM document AS d
    WHERE d.tenant_id = new.tenant_id AND d.document_id = new.document_id;
    RETURN NULL;
END $$;

CREATE TRIGGER finished_job_is_told AFTER INSERT ON finished_job FOR EACH ROW EXECUTE FUNCTION tell_finished_job();

-- A deletion ends the timeline with the document.
CREATE FUNCTION forget_job_events() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM job_event WHERE tenant_id = old.tenant_id AND document_id = old.document_id;
    RETURN NULL;
END $$;

CREATE TRIGGER document_ends_its_timeline AFTER DELETE ON document FOR EACH ROW EXECUTE FUNCTION forget_job_events();

REVOKE ALL ON FUNCTION tell_job(), tell_finished_job(), forget_job_events() FROM PUBLIC;
