namespace AiApp.Benchmarks.Gateway;

internal static class GatewaySql
{
    internal const string AddBudgets = """
        INSERT INTO budget (tenant_id, scope, subject, period, limit_cost)
        VALUES ($1, 'tenant', '', 'total', 1000000000000), ($1, 'user', 'bench', 'month', 1000000000000)
        ON CONFLICT ON CONSTRAINT budget_is_single_per_subject DO NOTHING
        """;

    internal const string Sum = """
        SELECT count(*) FILTER (WHERE state = 'settled'), count(*) FILTER (WHERE state <> 'settled'), coalesce(sum(cost), 0)::bigint,
               (SELECT spent_cost FROM budget WHERE tenant_id = $1 AND scope = 'tenant'),
               (SELECT reserved_cost FROM budget WHERE tenant_id = $1 AND scope = 'tenant')
        FROM usage_ledger
        WHERE tenant_id = $1
        """;
}
