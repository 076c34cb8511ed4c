using AiApp.Rag.Access;
using AiApp.Rag.Answering;

namespace AiApp.Rag.Conversations;

/// <summary>$1 tenant, $2 owner, $3 conversation, unless something else is said.</summary>
internal static class TurnSql
{
    /// <summary>
    /// $4 turn, $5 parent, $6 the turn that this is another wording of, $7 question, $8 answer, $9 seconds of the lease. Nothing when the turn
    /// is known already, or when what it names is not.
    /// </summary>
    internal const string Begin = """
        INSERT INTO turn (tenant_id, owner, conversation_id, turn_id, parent_id, question, answer_id, lease_until)
        SELECT $1, $2, $3, $4,
               CASE WHEN $6::uuid IS NOT NULL THEN (SELECT parent_id FROM turn WHERE tenant_id = $1 AND conversation_id = $3 AND turn_id = $6)
                    ELSE coalesce($5, (SELECT turn_id FROM turn WHERE tenant_id = $1 AND conversation_id = $3
                                       ORDER BY created_at DESC, turn_id DESC LIMIT 1)) END,
               $7, $8, now() + make_interval(secs => $9)
        WHERE EXISTS (SELECT FROM conversation WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3)
          AND ($5::uuid IS NULL OR EXISTS (SELECT FROM turn WHERE tenant_id = $1 AND conversation_id = $3 AND turn_id = $5))
          AND ($6::uuid IS NULL OR EXISTS (SELECT FROM turn WHERE tenant_id = $1 AND conversation_id = $3 AND turn_id = $6))
        ON CONFLICT DO NOTHING
        RETURNING parent_id, created_at
        """;

    /// <summary>$4 turn, $5 what was understood, $6 by what, $7 memory.</summary>
    internal const string Understand = """
        UPDATE turn SET standalone_question = $5, rewritten_by = $6, memory = $7::jsonb
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3 AND turn_id = $4 AND state = 'streaming'
        """;

    /// <summary>$4 turn, $5 seconds of the lease. Whether it is to stop; nothing when it is gone.</summary>
    internal const string Beat = """
        UPDATE turn SET lease_until = now() + make_interval(secs => $5)
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3 AND turn_id = $4 AND state = 'streaming'
        RETURNING is_to_stop
        """;

    /// <summary>$4 turn, $5 state, $6 code of the error.</summary>
    internal const string End = """
        UPDATE turn SET state = $5, error_code = $6, ended_at = now()
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3 AND turn_id = $4 AND state = 'streaming'
        """;

    /// <summary>$4 turn.</summary>
    internal const string AskToStop = """
        UPDATE turn SET is_to_stop = true
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3 AND turn_id = $4 AND state = 'streaming'
        """;

    /// <summary>
    /// $2 principals, $4 owner, $5 one turn, or all of the conversation when it is null. A turn that nobody writes any more is as its record says; without
    /// one it was interrupted. What was written is read by the rule of <see cref="AnswerSql.Find"/>.
    /// </summary>
    internal const string List = $"""
        SELECT given.*, turn.turn_id, turn.parent_id, turn.question, turn.standalone_question, turn.rewritten_by, turn.answer_id, turn.created_at,
               CASE WHEN turn.state <> 'streaming' THEN turn.state
                    WHEN given.outcome IN ('answered', 'insufficient_context') THEN 'complete'
                    WHEN turn.lease_until < now() THEN 'failed'
                    ELSE 'streaming' END,
               CASE WHEN turn.state = 'streaming' THEN coalesce(given.error_code, 'stream_interrupted') ELSE turn.error_code END
        FROM turn
        LEFT JOIN LATERAL (
            SELECT {AnswerColumns.All}, error_code, {Permitted.Evidence} AS is_readable
            FROM answer
            WHERE tenant_id = $1 AND answer_id = turn.answer_id AND asked_by = $4 AND replay_of IS NULL
              -- Leads to a partition or two. The clocks of the process and of the database may differ.
              AND asked_at >= turn.created_at - interval '1 hour' AND asked_at <= turn.created_at + interval '2 hours') AS given ON true
        WHERE turn.tenant_id = $1 AND turn.owner = $4 AND turn.conversation_id = $3 AND ($5::uuid IS NULL OR turn.turn_id = $5)
        ORDER BY turn.created_at, turn.turn_id
        """;

    /// <summary>
    /// $2 principals, $4 owner, $5 one turn, or all of the conversation when it is null. The rewritten ones that an answer stands before, anywhere on
    /// their way, that may no longer be read: what they were understood as may hold words of it.
    /// </summary>
    internal const string Overshadowed = $"""
        WITH RECURSIVE way AS (
            SELECT turn_id, parent_id FROM turn
            WHERE tenant_id = $1 AND owner = $4 AND conversation_id = $3 AND ($5::uuid IS NULL OR turn_id = $5) AND rewritten_by IS NOT NULL
            -- Each turn once, however many follow it.
            UNION
            SELECT turn.turn_id, turn.parent_id
            FROM way JOIN turn ON turn.tenant_id = $1 AND turn.conversation_id = $3 AND turn.turn_id = way.parent_id),
        shadow AS (
            SELECT way.turn_id
            FROM way
            JOIN turn ON turn.tenant_id = $1 AND turn.conversation_id = $3 AND turn.turn_id = way.parent_id
            JOIN LATERAL ({Said}) AS given ON NOT given.is_readable
            UNION
            SELECT way.turn_id FROM shadow JOIN way ON way.parent_id = shadow.turn_id)
        SELECT turn_id FROM shadow
        """;

    /// <summary>
    /// $2 principals, $4 owner, $5 turn, $6 how many at most. What was said before it, newest first, what may be read of it, and whether all that was
    /// ever said before it may be. A question behind an answer that may not be read is as it was asked.
    /// </summary>
    internal const string Path = $"""
        WITH RECURSIVE path AS (
            SELECT turn_id, parent_id, 0 AS distance FROM turn
            WHERE tenant_id = $1 AND owner = $4 AND conversation_id = $3 AND turn_id = $5
            UNION ALL
            SELECT turn.turn_id, turn.parent_id, path.distance + 1
            FROM path JOIN turn ON turn.tenant_id = $1 AND turn.conversation_id = $3 AND turn.turn_id = path.parent_id)
        SELECT turn.turn_id,
               CASE WHEN turn.rewritten_by IS NOT NULL AND bool_or(NOT given.is_readable) OVER earlier THEN turn.question
                    ELSE coalesce(turn.standalone_question, turn.question) END,
               turn.memory, given.text, given.is_readable, coalesce(bool_and(given.is_readable) OVER (), true)
        FROM path
        JOIN turn ON turn.tenant_id = $1 AND turn.conversation_id = $3 AND turn.turn_id = path.turn_id
        LEFT JOIN LATERAL ({Said}) AS given ON true
        WHERE path.distance > 0
        WINDOW earlier AS (ORDER BY path.distance ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
        ORDER BY path.distance
        LIMIT $6
        """;

    /// <summary>What later turns may have been understood by.</summary>
    private const string Said = $"""
        SELECT text, {Permitted.Evidence} AS is_readable
        FROM answer
        WHERE tenant_id = $1 AND answer_id = turn.answer_id AND asked_by = $4 AND replay_of IS NULL AND outcome = 'answered'
          AND asked_at >= turn.created_at - interval '1 hour' AND asked_at <= turn.created_at + interval '2 hours'
        """;
}
