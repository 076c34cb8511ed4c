-- How often a person was asked about a call: an approval is an answer to one asking, also where the same call is asked about again.
ALTER TABLE agent_step ADD COLUMN approval_count integer NOT NULL DEFAULT 0;
