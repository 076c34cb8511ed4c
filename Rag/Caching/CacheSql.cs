namespace AiApp.Rag.Caching;

internal static class CacheSql
{
    /// <summary>$1 tenant. Whether it has a cache, and which database this is.</summary>
    public const string ReadSwitch = "SELECT cache_is_enabled, database_incarnation() FROM tenant WHERE tenant_id = $1";

    /// <summary>$1 tenant, $2 whether it has a cache.</summary>
    public const string SetSwitch = "UPDATE tenant SET cache_is_enabled = $2 WHERE tenant_id = $1";
}
