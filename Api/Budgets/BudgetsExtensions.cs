namespace AiApp.Api.Budgets;

internal static class BudgetsExtensions
{
    /// <summary>Budgets in responses; needs AddModels.</summary>
    public static IHostApplicationBuilder AddBudgets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BearingBudgets>();
        return builder;
    }
}
