using AiApp.Rag.Access;

namespace AiApp.Rag.Feedback;

/// <summary>$1 tenant.</summary>
internal static class FeedbackSql
{
    /// <summary>
    /// $2 answer, $3 who gives it, $4 verdict, $5 reason, $6 comment, $7 expected answer, $8 expected document. Nothing for an answer that
    /// was not given to them.
    /// </summary>
    internal const string Give = """
        INSERT INTO feedback (tenant_id, answer_id, given_by, asked_at, verdict, reason, comment, expected_answer, expected_document)
        SELECT $1, answer_id, $3, asked_at, $4, $5, $6, $7, $8
        FROM answer
        WHERE tenant_id = $1 AND answer_id = $2 AND asked_by = $3 AND outcome IN ('answered', 'insufficient_context')
          AND replay_of IS NULL
        ON CONFLICT (tenant_id, answer_id, given_by) DO UPDATE
        SET verdict = excluded.verdict, reason = excluded.reason, comment = excluded.comment, expected_answer = excluded.expected_answer,
            expected_document = excluded.expected_document, given_at = now()
        RETURNING given_at
        """;

    /// <summary>$2 answer, $3 who gave it.</summary>
    internal const string Withdraw = "DELETE FROM feedback WHERE tenant_id = $1 AND answer_id = $2 AND given_by = $3 RETURNING true";

    /// <summary>$2 answer.</summary>
    internal const string OfAnswer = """
        SELECT answer_id, verdict, reason, comment, expected_answer, expected_document, given_by, given_at
        FROM feedback
        WHERE tenant_id = $1 AND answer_id = $2
        ORDER BY given_at DESC
        LIMIT 1
        """;

    /// <summary>$2 and $3 the range of time, $4 and $5 the last row of the page before, $6 how many, $7 verdict, $8 reason. Newest first.</summary>
    internal const string List = """
        SELECT answer_id, verdict, reason, comment, expected_answer, expected_document, given_by, given_at
        FROM feedback
        WHERE tenant_id = $1 AND given_at >= $2 AND given_at < $3 AND (given_at, answer_id) < ($4, $5)
          AND ($7::text IS NULL OR verdict = $7) AND ($8::text IS NULL OR reason = $8)
        ORDER BY given_at DESC, answer_id DESC
        LIMIT $6
        """;

    /// <summary>
    /// $2 principals, $3 and $4 the range of time, $5 and $6 the last row of the page before, $7 how many, $8 reason. What an answer says
    /// and cites is told while every document of its evidence may be read. How long an answer took is nothing a golden question asks for.
    /// </summary>
    internal const string Candidates = $"""
        SELECT f.answer_id, f.verdict, f.reason, f.comment, f.expected_answer, f.expected_document, f.given_by, f.given_at,
               a.question, c.name, CASE WHEN shown.is_readable THEN a.text END,
               CASE WHEN shown.is_readable THEN ARRAY(
                   SELECT cited -> 'chunk' ->> 'sourceUri' FROM jsonb_array_elements(a.citations) AS cited
                   GROUP BY 1 ORDER BY min((cited ->> 'marker')::integer)) END
        FROM feedback AS f
        JOIN answer AS a ON a.tenant_id = f.tenant_id AND a.asked_at = f.asked_at AND a.answer_id = f.answer_id
        LEFT JOIN collection AS c ON c.tenant_id = a.tenant_id AND c.collection_id = a.collection_id
        CROSS JOIN LATERAL (
            SELECT NOT EXISTS (
                SELECT FROM jsonb_array_elements(a.evidence) AS passage
                WHERE NOT EXISTS (SELECT FROM document
                                  WHERE tenant_id = $1 AND document_id = (passage ->> 'documentId')::uuid
                                    AND reader_set_id = ANY ({Permitted.Sets}))) AS is_readable) AS shown
        WHERE f.tenant_id = $1 AND f.given_at >= $3 AND f.given_at < $4 AND (f.given_at, f.answer_id) < ($5, $6)
          AND f.verdict = 'bad' AND f.reason <> 'too_slow' AND ($8::text IS NULL OR f.reason = $8)
        ORDER BY f.given_at DESC, f.answer_id DESC
        LIMIT $7
        """;
}
