namespace AiApp.Rag.Gateway.Resilience;

/// <summary>Models belong to the deployment: these rows have no tenant and say nothing of anybody's calls.</summary>
internal static class ModelHealthSql
{
    /// <summary>$1 process, $2 service, $3 host, then one array for each column of its models. Replaces what the process has said before.</summary>
    internal const string Report = """
        INSERT INTO model_health (process_id, service, host, kind, provider, model, breaker, since, failures_in_a_row, last_failure, last_failure_at, probe_at)
        SELECT $1, $2, $3, told.*
        FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::integer[], $10::text[], $11::timestamptz[], $12::timestamptz[]) AS told
        ON CONFLICT (process_id, kind, provider, model) DO UPDATE
        SET breaker = excluded.breaker, since = excluded.since, failures_in_a_row = excluded.failures_in_a_row, last_failure = excluded.last_failure,
            last_failure_at = excluded.last_failure_at, probe_at = excluded.probe_at, reported_at = excluded.reported_at
        """;

    /// <summary>$1 process, which ends: what it has found is of no interest any more.</summary>
    internal const string Leave = "DELETE FROM model_health WHERE process_id = $1";

    /// <summary>Of processes that are gone without a word.</summary>
    internal const string Sweep = "DELETE FROM model_health WHERE reported_at < now() - $1::interval";

    /// <summary>$1 for how long a report counts.</summary>
    internal const string List = """
        SELECT service, host, kind, provider, model, breaker, since, failures_in_a_row, last_failure, last_failure_at, probe_at, reported_at
        FROM model_health
        WHERE reported_at > now() - $1::interval
        ORDER BY kind, provider, model, service, host
        """;
}
