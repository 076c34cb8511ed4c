namespace AiApp.Contracts;

/// <summary>What the tenant, or a part of it, may spend on models in a period.</summary>
public sealed record BudgetDto
{
    /// <summary>tenant, user, key, release or job.</summary>
    public required string Scope { get; init; }

    /// <summary>Which user, key, release or job; null for the tenant.</summary>
    public string? Subject { get; init; }

    /// <summary>day, month or total; days and months are those of UTC.</summary>
    public required string Period { get; init; }
    public required decimal LimitDollars { get; init; }
    public required decimal SpentDollars { get; init; }

    /// <summary>By calls that are under way, at their worst price.</summary>
    public required decimal ReservedDollars { get; init; }

    /// <summary>Null for a total.</summary>
    public DateTimeOffset? RenewsAt { get; init; }
}

public sealed record BudgetsDto
{
    public required IReadOnlyList<BudgetDto> Budgets { get; init; }
}
