using AiApp.Rag.Access;

namespace AiApp.Rag.Answering;

internal static class AnswerSql
{
    public const string Add = """
        INSERT INTO answer (tenant_id, answer_id, asked_at, asked_by, collection_id, question, text, outcome, error_code, provider,
                            model, prompt_version, embedding_space_id, evidence, citations, stage_ms, input_token_count,
                            output_token_count, duration_ms, cost, model_call, trace_id, is_degraded,
                            replay_of, query_terms, grounding, cached_from, cached_at, cache_result, saved_ms, saved_cost)
        VALUES ($1, $2, $3, $4, (SELECT collection_id FROM collection WHERE tenant_id = $1 AND name = $5), $6, $7, $8, $9, $10,
                $11, $12, $13, $14::jsonb, $15::jsonb, $16::jsonb, $17, $18, $19, $20, $21::jsonb, $22, $23, $24, $25::jsonb, $26::jsonb, $27, $28, $29, $30, $31)
        """;

    /// <summary>
    /// $1 tenant, $2 principals, $3 answer, $4 who asks for it. Given to whom it was given, and only while every document of
    /// its evidence may still be read.
    /// </summary>
    public const string Find = $"""
        SELECT {AnswerColumns.All}
        FROM answer
        WHERE tenant_id = $1 AND answer_id = $3 AND asked_by = $4 AND outcome IN ('answered', 'insufficient_context')
          AND {Permitted.Evidence}
        """;
}
