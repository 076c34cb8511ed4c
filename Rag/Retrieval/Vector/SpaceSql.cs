namespace AiApp.Rag.Retrieval.Vector;

/// <summary>How spaces change their state. Each change is one transaction behind <see cref="LockSpaces"/>.</summary>
internal static class SpaceSql
{
    /// <summary>Waits until nobody is writing vectors: what was published with the spaces as they were is seen by the statements behind this one.</summary>
    public const string LockSpaces = "SELECT pg_advisory_xact_lock(hashtextextended('aiapp.embedding_space', 0))";

    /// <summary>$1 the space that comes, $2 whether it may have gaps. The space that goes keeps being written.</summary>
    public const string Retire = """
        UPDATE embedding_space
        SET state = 'retired', retired_at = now()
        WHERE state = 'current' AND embedding_space_id <> $1
          AND EXISTS (SELECT FROM embedding_space WHERE embedding_space_id = $1 AND (filled_at IS NOT NULL OR $2))
        """;

    /// <summary>$1 space, $2 whether it may have gaps. No row when it may not be taken, or is current.</summary>
    public const string Take = """
        UPDATE embedding_space
        SET state = 'current', current_at = now(), retired_at = NULL
        WHERE embedding_space_id = $1 AND state <> 'current' AND (filled_at IS NOT NULL OR $2)
        RETURNING embedding_space_id
        """;

    /// <summary>$1 the space that comes back. The space that goes is ready for another swap.</summary>
    public const string StepDown = """
        UPDATE embedding_space
        SET state = CASE WHEN filled_at IS NULL THEN 'filling' ELSE 'ready' END
        WHERE state = 'current' AND EXISTS (SELECT FROM embedding_space WHERE embedding_space_id = $1 AND state = 'retired')
        """;

    /// <summary>The space that was current before, or no row.</summary>
    public const string FindPrevious = """
        SELECT embedding_space_id
        FROM embedding_space
        WHERE state = 'retired'
        ORDER BY retired_at DESC, embedding_space_id DESC
        LIMIT 1
        """;

    /// <summary>$1 space. False when it is current, or there is none.</summary>
    public const string Drop = "SELECT drop_embedding_space($1)";

    public const string ListProgress = """
        SELECT progress.embedding_space_id, progress.embedded_count, progress.chunk_count, space.chunks_per_second
        FROM embedding_progress() AS progress JOIN embedding_space AS space USING (embedding_space_id)
        """;

    public const string CountChunks = "SELECT chunk_count, token_count FROM chunk_totals()";
}
