namespace AiApp.Rag.Access;

internal static class AccessSql
{
    /// <summary>
    /// $1 tenant, $2 principals. For whom the rest of the transaction reads and writes; the policies of the database rest on
    /// it. Without it the application's role sees no row of a document.
    /// </summary>
    internal const string SetCaller = """
        SELECT set_config('aiapp.tenant', $1::integer::text, true), set_config('aiapp.principals', $2::text[]::text, true),
               set_config('aiapp.reader_sets', reader_sets_of($1, $2)::text, true)
        """;

    /// <summary>$1 user. Whose conversations and runs the rest of the transaction sees; the policies of their tables rest on it.</summary>
    internal const string SetOwner = "SELECT set_config('aiapp.user', $1::text, true), set_config('aiapp.agent_owner', $1, true)";

    /// <summary>$1 tenant, $2 principals of the set, sorted and without repetition. The caller must be one of them.</summary>
    internal const string AddReaderSet = """
        INSERT INTO reader_set (tenant_id, principals)
        SELECT $1, $2
        WHERE NOT EXISTS (SELECT FROM reader_set WHERE tenant_id = $1 AND hash = principals_hash($2))
        ON CONFLICT DO NOTHING
        """;
}
