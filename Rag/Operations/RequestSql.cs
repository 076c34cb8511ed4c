namespace AiApp.Rag.Operations;

/// <summary>$1 tenant. A question's words are told to nobody but whoever asked it.</summary>
internal static class RequestSql
{
    /// <summary>
    /// $2 and $3 the range of time, $4 whose questions are shown, $5 and $6 the last row of the page before, $7 how many, $8 outcome, $9 code,
    /// $10 model, $11 milliseconds at least, $12 and $13 the ids of the ledger between which the range lies. Newest first. Extractions leave
    /// no answer: they are told by the ledger.
    /// </summary>
    internal const string List = """
        WITH questions AS (
            SELECT answer_id AS id, CASE WHEN replay_of IS NULL THEN 'question' ELSE 'replay' END AS kind, asked_at AS at, outcome, error_code, provider, model, prompt_version, duration_ms, cost,
                   is_degraded, input_token_count, output_token_count, trace_id, CASE WHEN asked_by = $4 THEN question END AS question
            FROM answer
            WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND (asked_at, answer_id) < ($5, $6)
              AND ($8::text IS NULL OR outcome = $8) AND ($9::text IS NULL OR error_code = $9)
              AND ($10::text IS NULL OR model = $10) AND ($11::integer IS NULL OR duration_ms >= $11)
            ORDER BY asked_at DESC, answer_id DESC
            LIMIT $7
        ), calls AS (
            SELECT request_id AS id, min(created_at) AS at, (array_agg(coalesce(outcome, 'expired') ORDER BY usage_id DESC))[1] AS ended,
                   (array_agg(provider ORDER BY usage_id DESC))[1] AS provider, (array_agg(model ORDER BY usage_id DESC))[1] AS model,
                   max(prompt_version) AS prompt_version,
                   (extract(epoch FROM coalesce(max(settled_at), max(created_at)) - min(created_at)) * 1000)::integer AS duration_ms,
                   sum(cost)::bigint AS cost, sum(input_token_count)::integer AS input, sum(output_token_count)::integer AS output
            FROM usage_ledger
            WHERE tenant_id = $1 AND usage_id >= $12 AND usage_id < $13 AND created_at >= $2 AND created_at < $3 AND step = 'extract' AND state <> 'reserved'
            GROUP BY request_id
        ), extractions AS (
            SELECT id, 'extraction', at, CASE ended WHEN 'ok' THEN 'answered' WHEN 'canceled' THEN 'canceled' ELSE 'failed' END AS outcome,
                   CASE WHEN ended NOT IN ('ok', 'canceled') THEN ended END AS error_code, provider, model, prompt_version, duration_ms, cost,
                   false, input, output, NULL::text, NULL::text
            FROM calls
        )
        SELECT * FROM questions
        UNION ALL
        SELECT * FROM extractions
        WHERE (at, id) < ($5, $6) AND ($8::text IS NULL OR outcome = $8) AND ($9::text IS NULL OR error_code = $9)
          AND ($10::text IS NULL OR model = $10) AND ($11::integer IS NULL OR duration_ms >= $11)
        ORDER BY at DESC, id DESC
        LIMIT $7
        """;

    /// <summary>$2 answer, $3 whose question is shown.</summary>
    internal const string Find = """
        SELECT answer_id, CASE WHEN replay_of IS NULL THEN 'question' ELSE 'replay' END, asked_at, outcome, error_code, provider, model, prompt_version, duration_ms, cost,
               is_degraded, input_token_count, output_token_count, trace_id, CASE WHEN asked_by = $3 THEN question END,
               stage_ms, model_call, jsonb_array_length(evidence), jsonb_array_length(citations)
        FROM answer
        WHERE tenant_id = $1 AND answer_id = $2
        """;

    /// <summary>$2 request, $3 and $4 the ids of the ledger between which its calls lie.</summary>
    internal const string Calls = """
        SELECT created_at, settled_at, attempt, step, provider, model, price_version, prompt_version, state, outcome, reserved_cost, cost,
               input_token_count, output_token_count, tokens_are_estimated
        FROM usage_ledger
        WHERE tenant_id = $1 AND usage_id >= $3 AND usage_id < $4 AND request_id = $2
        ORDER BY usage_id
        """;
}
