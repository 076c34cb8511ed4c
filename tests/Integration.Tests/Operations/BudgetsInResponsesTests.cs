using AiApp.Contracts;

namespace AiApp.Integration.Tests.Operations;

public sealed class BudgetsInResponsesTests(OperationsFixture fixture) : IClassFixture<OperationsFixture>
{
    [Fact]
    public async Task An_answer_tells_the_budgets_that_bore_it_and_no_others()
    {
        var (tenant, client) = await NewTenantAsync();
        await AddBudgetAsync(tenant, "tenant", "", 2_000_000_000);
        await AddBudgetAsync(tenant, "user", "a test", 1_000_000_000);
        await AddBudgetAsync(tenant, "user", "somebody else", 1_000_000_000);

        var usage = (await client.AskAsync(new() { Question = OperationsFixture.Answerable })).Usage;

        Assert.Equal([("tenant", (string?)null, 2m), ("user", "a test", 1m)], usage.Budgets.Select(budget => (budget.Scope, budget.Subject, budget.LimitDollars)));
        Assert.All(usage.Budgets, budget => Assert.InRange(budget.SpentDollars + budget.ReservedDollars, usage.CostDollars, 0.1m));
    }

    [Fact]
    public async Task A_stream_tells_them_with_its_usage_and_at_its_end()
    {
        var (tenant, client) = await NewTenantAsync();
        await AddBudgetAsync(tenant, "tenant", "", 2_000_000_000);

        var events = await client.AskStreamingAsync(new() { Question = OperationsFixture.Answerable }).ToListAsync();

        Assert.Equal("tenant", events.OfType<UsageEvent>().Single().Usage.Budgets.Single().Scope);
        Assert.Equal("tenant", events.OfType<DoneEvent>().Single().Answer.Usage.Budgets.Single().Scope);
    }

    [Fact]
    public async Task What_costs_nothing_tells_of_no_budget()
    {
        var (tenant, client) = await NewTenantAsync();
        await AddBudgetAsync(tenant, "tenant", "", 2_000_000_000);

        Assert.Empty((await client.AskAsync(new() { Question = "Is there a zeppelin?" , Collection = "nothing-here" })).Usage.Budgets);
    }

    private async Task<(string Tenant, AiAppClient Client)> NewTenantAsync()
    {
        var tenant = $"tenant {Guid.NewGuid():N}";
        return (tenant, await fixture.NewTenantAsync(tenant));
    }

    private Task<int> AddBudgetAsync(string tenant, string scope, string subject, long limit) => fixture.Api.Database.ReadAsync<int>(
        $"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) SELECT tenant_id, '{scope}', '{subject}', 'day', {limit} FROM tenant WHERE name = '{tenant}' RETURNING 1");
}
