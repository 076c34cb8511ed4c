using AiApp.Api.Budgets;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Gateway;

public sealed class BudgetsCommandTests
{
    [Fact]
    public async Task A_budget_is_set_shown_to_its_tenant_alone_and_removed()
    {
        await using var api = await TestApi.StartAsync();
        var own = new AiAppClient(api.CreateHttp(await api.CreateKeyAsync("own")));
        var other = new AiAppClient(api.CreateHttp(await api.CreateKeyAsync("other")));

        Assert.Equal(0, (await RunAsync(api.Database, "set", "--tenant", "own", "--dollars", "12.5")).Exit);
        Assert.Equal(0, (await RunAsync(api.Database, "set", "--tenant", "own", "--scope", "user", "--subject", "anna", "--period", "day", "--dollars", "1")).Exit);

        var budgets = (await own.ListBudgetsAsync()).Budgets;
        Assert.Equal([("tenant", null, "month", 12.5m), ("user", "anna", "day", 1m)], budgets.Select(budget => (budget.Scope, budget.Subject, budget.Period, budget.LimitDollars)));
        Assert.All(budgets, budget => Assert.Equal((0m, 0m), (budget.SpentDollars, budget.ReservedDollars)));
        Assert.Empty((await other.ListBudgetsAsync()).Budgets);

        Assert.Equal(0, (await RunAsync(api.Database, "remove", "--tenant", "own", "--scope", "user", "--subject", "anna")).Exit);
        Assert.Single((await own.ListBudgetsAsync()).Budgets);
    }

    [Theory]
    [InlineData("There is no tenant 'nobody'", "set", "--tenant", "nobody", "--dollars", "1")]
    [InlineData("Name the user with --subject", "set", "--scope", "user", "--dollars", "1")]
    [InlineData("ingest embeds documents", "set", "--scope", "job", "--subject", "nightly", "--dollars", "1")]
    [InlineData("has no --subject", "set", "--subject", "anna", "--dollars", "1")]
    [InlineData("between 0 and", "set", "--dollars", "-1")]
    [InlineData("There is no such budget", "remove")]
    public async Task What_is_wrong_is_told_with_what_to_do(string told, params string[] arguments)
    {
        await using var api = await TestApi.StartAsync();

        var (exit, output) = await RunAsync(api.Database, arguments);

        Assert.Equal(1, exit);
        Assert.Contains(told, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_no_budget_bears_is_refused_with_the_budget_and_its_renewal()
    {
        await using var server = await ModelServer.StartAsync();
        await using var api = await TestApi.StartAsync(
            configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
            settings:
            [
                "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=m",
                "--Models:Chat:m:Provider=openai", "--Models:Chat:m:Prices:0:Version=test", "--Models:Chat:m:Prices:0:Output=10",
            ]);
        var client = new AiAppClient(api.CreateHttp(await api.CreateKeyAsync("own")));
        await RunAsync(api.Database, "set", "--tenant", "own", "--dollars", "0.001");

        var refused = await Assert.ThrowsAsync<AiAppException>(() => client.AskAsync(new() { Question = "How many days of annual leave do full-time employees have?" }));

        Assert.Equal((ProblemCodes.QuotaExceeded, 429), (refused.Problem.Code, refused.Problem.Status));
        Assert.Contains("budget of the tenant", refused.Problem.Detail, StringComparison.Ordinal);
        Assert.Equal(0, server.CallCount);
        Assert.Equal("failed quota_exceeded", await api.Database.ReadAsync<string>("SELECT outcome || ' ' || error_code FROM answer"));
    }

    private static async Task<(int Exit, string Output)> RunAsync(TestDatabase database, params string[] arguments)
    {
        var output = new StringWriter();
        var exit = await BudgetsCommand.RunAsync(
            [BudgetsCommand.Name, .. arguments], builder => builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:aiapp", database.ConnectionString)]), output);
        return (exit, output.ToString());
    }
}
