namespace AiApp.Rag.Conversations;

/// <summary>$1 tenant, $2 owner.</summary>
internal static class ConversationSql
{
    /// <summary>$3 id, $4 collection.</summary>
    internal const string Add = """
        INSERT INTO conversation (tenant_id, owner, conversation_id, collection) VALUES ($1, $2, $3, $4)
        RETURNING conversation_id, collection, title, created_at, updated_at
        """;

    /// <summary>$3 and $4 the last row of the page before, $5 how many. Newest first; one without a question is not listed.</summary>
    internal const string List = """
        SELECT conversation_id, collection, title, created_at, updated_at
        FROM conversation
        WHERE tenant_id = $1 AND owner = $2 AND title IS NOT NULL AND (updated_at, conversation_id) < ($3, $4)
        ORDER BY updated_at DESC, conversation_id DESC
        LIMIT $5
        """;

    /// <summary>$3 id.</summary>
    internal const string Find = """
        SELECT conversation_id, collection, title, created_at, updated_at
        FROM conversation
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3
        """;

    /// <summary>$3 id, $4 title.</summary>
    internal const string Rename = """
        UPDATE conversation SET title = $4
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3
        RETURNING conversation_id, collection, title, created_at, updated_at
        """;

    /// <summary>$3 id. With its turns; the records of the answers stay, as those of other answers do.</summary>
    internal const string Delete = "DELETE FROM conversation WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3 RETURNING true";

    /// <summary>$3 id, $4 title if it has none yet.</summary>
    internal const string Touch = """
        UPDATE conversation SET updated_at = now(), title = coalesce(title, $4)
        WHERE tenant_id = $1 AND owner = $2 AND conversation_id = $3
        RETURNING collection
        """;
}
