namespace AiApp.Rag.Access;

/// <summary>The application's own predicate, as part of a statement; row-level security stands behind it.</summary>
internal static class Permitted
{
    /// <summary>The reader sets that the caller may read. $1 tenant, $2 principals.</summary>
    public const string Sets = "ARRAY(SELECT reader_set_id FROM reader_set WHERE tenant_id = $1 AND principals && $2)";

    /// <summary>Of a row of <c>answer</c>: whether the caller may read every document of its evidence. $1 tenant, $2 principals.</summary>
    public const string Evidence = $"""
        NOT EXISTS (
            SELECT FROM jsonb_array_elements(evidence) AS shown
            WHERE NOT EXISTS (SELECT FROM document
                              WHERE tenant_id = $1 AND document_id = (shown ->> 'documentId')::uuid AND reader_set_id = ANY ({Sets})))
        """;
}
