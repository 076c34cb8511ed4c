namespace AiApp.Rag.Access;

/// <summary>The application's own predicate, as part of a statement; row-level security stands behind it.</summary>
internal static class Permitted
{
    /// <summary>The reader sets that the caller may read. $1 tenant, $2 principals.</summary>
    public const string Sets = "ARRAY(SELECT reader_set_id FROM reader_set WHERE tenant_id = $1 AND principals && $2)";
}
