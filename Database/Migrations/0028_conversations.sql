-- Conversations: what was asked after what. Answers stay records of their own; a turn names its answer before it is written.

-- Beside the caller's principals, because what is somebody's own is found by their name and not by what they may read. Unset: nobody.
CREATE FUNCTION caller_user() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('aiapp.user', true), '');

CREATE TABLE conversation (
    tenant_id       integer NOT NULL REFERENCES tenant,
    conversation_id uuid NOT NULL,
    owner           text NOT NULL,
    -- The name, not the number: a collection may be made after the conversation.
    collection      text,
    -- The first question, shortened; null before it.
    title           text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, conversation_id),
    CONSTRAINT conversation_title_is_bounded CHECK (length(title) <= 200)
);

CREATE INDEX conversation_of_its_owner ON conversation (tenant_id, owner, updated_at DESC, conversation_id DESC);

CREATE TABLE turn (
    tenant_id           integer NOT NULL,
    conversation_id     uuid NOT NULL,
    turn_id             uuid NOT NULL,
    owner               text NOT NULL,
    -- The turn before. An edited question is another turn with the same parent: the way from a turn to the root is what was said.
    parent_id           uuid,
    question            text NOT NULL,
    -- What was searched and answered; null while it is being found out.
    standalone_question text,
    rewritten_by        text,
    -- Chosen when the turn begins: a record under this id says how it ended, whatever became of the process that wrote it.
    answer_id           uuid NOT NULL,
    state               text NOT NULL DEFAULT 'streaming',
    error_code          text,
    is_to_stop          boolean NOT NULL DEFAULT false,
    -- Until when the process that writes the answer counts as alive, by the clock of the database.
    lease_until         timestamptz NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now(),
    ended_at            timestamptz,
    -- {"through": turn, "text": "…"}: what the turns up to one of its ancestors came to, so that it is not made again. Null: nothing had to be shortened.
    memory              jsonb,
    PRIMARY KEY (tenant_id, conversation_id, turn_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, conversation_id, parent_id) REFERENCES turn ON DELETE CASCADE,
    CONSTRAINT turn_state_is_known CHECK (state IN ('streaming', 'complete', 'failed', 'stopped')),
    CONSTRAINT turn_failure_has_a_code CHECK ((state = 'failed') = (error_code IS NOT NULL)),
    CONSTRAINT turn_is_rewritten_by_something_known CHECK (rewritten_by IN ('rules', 'model')),
    CONSTRAINT turn_end_is_known CHECK ((state = 'streaming') = (ended_at IS NULL)),
    CONSTRAINT turn_memory_is_bounded CHECK (length(memory ->> 'text') <= 20000)
);

CREATE INDEX turn_by_parent ON turn (tenant_id, conversation_id, parent_id);

ALTER TABLE conversation ENABLE ROW LEVEL SECURITY;
CREATE POLICY conversation_is_for_its_owner ON conversation TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND owner = (SELECT caller_user()));
CREATE POLICY conversation_is_open_to_workers ON conversation TO aiapp_worker USING (true);

ALTER TABLE turn ENABLE ROW LEVEL SECURITY;
CREATE POLICY turn_is_for_its_owner ON turn TO aiapp_app
    USING (tenant_id = (SELECT caller_tenant()) AND owner = (SELECT caller_user()));
CREATE POLICY turn_is_open_to_workers ON turn TO aiapp_worker USING (true);
