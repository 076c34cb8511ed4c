using AiApp.Api.Auth;
using AiApp.Api.OpenApi;
using AiApp.Contracts;
using AiApp.Rag.Gateway.Usage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiApp.Api.Budgets;

internal static class BudgetEndpoints
{
    private static readonly BudgetsDto Example = new()
    {
        Budgets =
        [
            new()
            {
                Scope = "tenant", Period = "month", LimitDollars = 250, SpentDollars = 81.402917m, ReservedDollars = 0.0124m,
                RenewsAt = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero),
            },
        ],
    };

    public static void MapBudgets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/budgets", ListBudgets).WithTags("Budgets").WithName("ListBudgets")
            .WithSummary("What may be spent on models, and what has been.")
            .WithDescription("A call must fit every budget that applies to it. It is reserved at its worst price before it is made and settled at its "
                + "true one after. Budgets are set by whoever runs the service, with the command 'budgets set'.")
            .WithExample(null, Example);

    private static async Task<Ok<BudgetsDto>> ListBudgets(Caller caller, BudgetStore store, CancellationToken ct) =>
        TypedResults.Ok(new BudgetsDto { Budgets = [.. (await store.ListAsync(caller.Tenant, caller.Principals, ct)).Select(budget => budget.ToDto())] });

    public static BudgetDto ToDto(this Budget budget) => new()
    {
        Scope = budget.Scope,
        Subject = budget.Subject.Length > 0 ? budget.Subject : null,
        Period = budget.Period,
        LimitDollars = Money.ToDollars(budget.Limit),
        SpentDollars = Money.ToDollars(budget.Spent),
        ReservedDollars = Money.ToDollars(budget.Reserved),
        RenewsAt = budget.RenewsAt,
    };
}
