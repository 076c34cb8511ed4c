-- Workers take jobs from one tenant after the other, so that one that uploads a hundred thousand documents does not keep
-- another waiting for its two. Within a tenant by priority and age, as before.
DROP INDEX job_to_claim;
CREATE INDEX job_to_claim ON job (tenant_id, priority, run_at, job_id) WHERE state IN ('available', 'retryable');
