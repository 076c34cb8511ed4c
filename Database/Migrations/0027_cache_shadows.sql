-- What giving an answer again has saved, beside where it says that it was; then how often that was wrong.
ALTER TABLE answer
    ADD COLUMN saved_ms integer,
    -- Nanodollars.
    ADD COLUMN saved_cost bigint;

-- Answers given again that were written anew as well, unseen, and whether the two say the same.
CREATE TABLE cache_shadow (
    tenant_id   integer NOT NULL REFERENCES tenant,
    -- The answer that was given again. No foreign keys to answers: they would stand in the way of dropping partitions.
    answer_id   uuid NOT NULL,
    -- The one that was written anew; a replay of the other.
    shadow_id   uuid NOT NULL,
    -- The one that was given first.
    cached_from uuid NOT NULL,
    is_same     boolean NOT NULL,
    written_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, answer_id)
);

CREATE INDEX cache_shadow_by_time ON cache_shadow (tenant_id, written_at) INCLUDE (is_same);

ALTER TABLE cache_shadow ENABLE ROW LEVEL SECURITY;
CREATE POLICY cache_shadow_is_for_its_tenant ON cache_shadow TO aiapp_app USING (tenant_id = (SELECT caller_tenant()));
CREATE POLICY cache_shadow_is_open_to_workers ON cache_shadow TO aiapp_worker USING (true);
