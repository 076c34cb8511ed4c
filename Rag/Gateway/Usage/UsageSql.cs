namespace AiApp.Rag.Gateway.Usage;

/// <summary>The ledger is kept by functions of the schema (migration 0021): callers of many tenants are written together.</summary>
internal static class UsageSql
{
    internal const string Reserve = """
        SELECT refused_id, refused_scope, renews_in, is_spent
        FROM reserve_usage($1::integer[], $2::uuid[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                           $11::text[], $12::text[], $13::text[], $14::bigint[], $15::interval[])
        """;

    internal const string Settle =
        "SELECT settle_usage($1::integer[], $2::uuid[], $3::text[], $4::bigint[], $5::integer[], $6::integer[], $7::integer[], $8::boolean[])";

    internal const string Expire = "SELECT expire_usage()";
}
