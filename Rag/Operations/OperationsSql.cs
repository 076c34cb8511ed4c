namespace AiApp.Rag.Operations;

/// <summary>$1 tenant, $2 and $3 the range of time. Answers are counted in the index that was made for it, which holds no replays.</summary>
internal static class OperationsSql
{
    internal const string Count = "SELECT count(*) FROM answer WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL";

    /// <summary>$4 width of a slice, $5 one question of so many tells the percentiles.</summary>
    internal const string Slices = """
        SELECT date_bin($4::interval, asked_at, 'epoch') AS at,
               count(*) FILTER (WHERE outcome = 'answered'), count(*) FILTER (WHERE outcome = 'insufficient_context'),
               count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'canceled'), count(*) FILTER (WHERE is_degraded),
               percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_ms::float8)
                   FILTER (WHERE outcome IN ('answered', 'insufficient_context') AND (uuid_hash(answer_id) & 2147483647) % $5 = 0)
        FROM answer
        WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL
        GROUP BY at
        ORDER BY at
        """;

    /// <summary>
    /// $4 as $5 above. 'answer' is the whole, 'first_token' the wait for the first word of the model that answered. Stages of
    /// questions that failed or were left are not whole.
    /// </summary>
    internal const string Stages = """
        WITH chosen AS MATERIALIZED (
            SELECT asked_at, answer_id
            FROM answer
            WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL AND outcome IN ('answered', 'insufficient_context')
              AND (uuid_hash(answer_id) & 2147483647) % $4 = 0
        ), shown AS MATERIALIZED (
            SELECT answer.stage_ms, answer.model_call, answer.duration_ms
            FROM chosen JOIN answer ON answer.tenant_id = $1 AND answer.asked_at = chosen.asked_at AND answer.answer_id = chosen.answer_id
        ), times AS (
            SELECT 'answer' AS stage, duration_ms::float8 AS ms FROM shown
            UNION ALL
            SELECT stage ->> 'name', (stage ->> 'durationMs')::float8 FROM shown, jsonb_array_elements(stage_ms) AS stage
            UNION ALL
            SELECT 'first_token', (attempt ->> 'firstTokenMs')::float8
            FROM shown, jsonb_array_elements(model_call -> 'attempts') AS attempt
            WHERE attempt ->> 'outcome' = 'ok' AND attempt ->> 'provider' <> 'local'
        )
        SELECT stage, count(*), percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ms)
        FROM times
        WHERE ms IS NOT NULL
        GROUP BY stage
        """;

    /// <summary>
    /// $4 width of a slice, $5 and $6 the ids of the ledger between which the range lies: they grow with time. Calls under way are not told
    /// yet. The local model costs nothing and stands in no ledger: its answers are told instead.
    /// </summary>
    internal const string Usage = """
        SELECT date_bin($4::interval, created_at, 'epoch') AS at, step, provider, model, prompt_version, count(*), coalesce(sum(input_token_count), 0),
               coalesce(sum(cached_input_token_count), 0), coalesce(sum(output_token_count), 0), count(*) FILTER (WHERE tokens_are_estimated), sum(cost)::bigint
        FROM usage_ledger
        WHERE tenant_id = $1 AND usage_id >= $5 AND usage_id < $6 AND created_at >= $2 AND created_at < $3 AND state <> 'reserved'
        GROUP BY at, step, provider, model, prompt_version
        UNION ALL
        SELECT date_bin($4::interval, asked_at, 'epoch') AS at, 'answer', provider, model, prompt_version, count(*), coalesce(sum(input_token_count), 0), 0,
               coalesce(sum(output_token_count), 0), 0, 0
        FROM answer
        WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL AND provider = 'local'
        GROUP BY at, provider, model, prompt_version
        ORDER BY at, provider, model
        """;

    /// <summary>$4 and $5 as $5 and $6 above. The newest request of each group is told by the time it carries.</summary>
    internal const string Errors = """
        SELECT error_code, NULL::text, NULL::text, NULL::text, count(*) AS failures, min(asked_at), max(asked_at), (array_agg(answer_id ORDER BY asked_at DESC))[1]
        FROM answer
        WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL AND outcome = 'failed'
        GROUP BY error_code
        UNION ALL
        SELECT coalesce(outcome, 'expired'), step, provider, model, count(*), min(created_at), max(created_at), (array_agg(request_id ORDER BY usage_id DESC))[1]
        FROM usage_ledger
        WHERE tenant_id = $1 AND usage_id >= $4 AND usage_id < $5 AND created_at >= $2 AND created_at < $3
          AND (state = 'expired' OR (state = 'settled' AND outcome NOT IN ('ok', 'canceled')))
        GROUP BY coalesce(outcome, 'expired'), step, provider, model
        ORDER BY failures DESC
        LIMIT 100
        """;
}
