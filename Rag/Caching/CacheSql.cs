namespace AiApp.Rag.Caching;

internal static class CacheSql
{
    /// <summary>$1 tenant. Whether it has a cache, and which database this is.</summary>
    public const string ReadSwitch = "SELECT cache_is_enabled, database_incarnation() FROM tenant WHERE tenant_id = $1";

    /// <summary>$1 tenant, $2 from, $3 to: look-ups by result, with what they have saved in milliseconds and nanodollars.</summary>
    public const string Lookups = """
        SELECT cache_result, count(*), coalesce(sum(saved_ms), 0), coalesce(sum(saved_cost), 0)::bigint
        FROM answer
        WHERE tenant_id = $1 AND asked_at >= $2 AND asked_at < $3 AND replay_of IS NULL AND cache_result IS NOT NULL
        GROUP BY cache_result
        ORDER BY cache_result
        """;

    /// <summary>$1 tenant, $2 from, $3 to: how many answers given again were written anew, and in how many the two differ.</summary>
    public const string Shadows = """
        SELECT count(*), count(*) FILTER (WHERE NOT is_same)
        FROM cache_shadow
        WHERE tenant_id = $1 AND written_at >= $2 AND written_at < $3
        """;

    /// <summary>$1 tenant, $2 whether it has a cache.</summary>
    public const string SetSwitch = "UPDATE tenant SET cache_is_enabled = $2 WHERE tenant_id = $1";
}
