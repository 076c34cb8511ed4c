-- For lists of what somebody has had found out, the newest first.
CREATE INDEX agent_run_of_owner ON agent_run (tenant_id, asked_by, created_at DESC, run_id DESC);
