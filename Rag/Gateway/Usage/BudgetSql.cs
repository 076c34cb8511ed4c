namespace AiApp.Rag.Gateway.Usage;

/// <summary>Budgets as their tenant sees them and the operator sets them; what is spent is changed by reserving and settling alone.</summary>
internal static class BudgetSql
{
    internal const string List = $"""
        SELECT scope, subject, {BudgetColumns.State}
        FROM budget
        WHERE tenant_id = $1
        ORDER BY array_position(ARRAY['tenant', 'user', 'key', 'release', 'job'], scope), subject
        """;

    /// <summary>$2 user, $3 key: those that bear a call of these.</summary>
    internal const string ListBearing = $"""
        SELECT b.scope, b.subject, {BudgetColumns.State}
        FROM bearing_budgets($2::text, $3::text, NULL, NULL) AS s
        JOIN budget AS b ON b.tenant_id = $1 AND b.scope = s.scope AND b.subject = s.subject
        ORDER BY array_position(ARRAY['tenant', 'user', 'key'], b.scope)
        """;

    /// <summary>What was spent in the present period stays spent.</summary>
    internal const string Set = """
        INSERT INTO budget (tenant_id, scope, subject, period, limit_cost)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT ON CONSTRAINT budget_is_single_per_subject DO UPDATE SET period = excluded.period, limit_cost = excluded.limit_cost
        """;

    internal const string Remove = "DELETE FROM budget WHERE tenant_id = $1 AND scope = $2 AND subject = $3";
}
