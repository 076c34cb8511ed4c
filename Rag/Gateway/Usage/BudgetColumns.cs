namespace AiApp.Rag.Gateway.Usage;

/// <summary>What is told of every budget, in the order in which it is read.</summary>
internal static class BudgetColumns
{
    /// <summary>Behind scope and subject. A period that is over counts as begun anew, although nothing was spent in it yet.</summary>
    internal const string State = """
        period, limit_cost,
               CASE WHEN period <> 'total' AND period_started_at < date_trunc(period, now(), 'UTC') THEN 0 ELSE spent_cost END,
               reserved_cost,
               CASE period WHEN 'total' THEN NULL ELSE date_trunc(period, now(), 'UTC') + ('1 ' || period)::interval END
        """;
}
