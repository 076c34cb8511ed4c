namespace AiApp.Rag.Caching.Shadows;

/// <summary>$1 tenant.</summary>
internal static class ShadowSql
{
    /// <summary>$2 the answer given again, $3 the one written anew, $4 the one that was given first, $5 whether they say the same.</summary>
    internal const string Add = """
        INSERT INTO cache_shadow (tenant_id, answer_id, shadow_id, cached_from, is_same)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, answer_id) DO NOTHING
        RETURNING true
        """;
}
