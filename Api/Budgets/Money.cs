namespace AiApp.Api.Budgets;

/// <summary>Nanodollars inside, dollars outside.</summary>
internal static class Money
{
    private const decimal PerDollar = 1_000_000_000;

    public static decimal ToDollars(long nanodollars) => nanodollars / PerDollar;

    /// <summary>Null for what is negative or far beyond any budget.</summary>
    public static long? ToNanodollars(decimal dollars) => dollars is >= 0 and <= 1_000_000_000 ? (long)(dollars * PerDollar) : null;
}
