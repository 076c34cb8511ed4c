using System.CommandLine;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Budgets;

/// <summary><c>budgets list | set | remove</c>: on the server's console, because nobody sets a budget for oneself.</summary>
internal static class BudgetsCommand
{
    public const string Name = "budgets";

    private static readonly string[] Scopes = ["tenant", "user", "key", "release", "job"];
    private static readonly string[] Periods = ["day", "month", "total"];

    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null, TextWriter? output = null) =>
        ServerCommand.RunAsync(Build(configure), args, output);

    private static RootCommand Build(Action<WebApplicationBuilder>? configure)
    {
        var tenant = new Option<string>("--tenant") { DefaultValueFactory = _ => "default", Description = "Whose models are paid by it." };
        var scope = new Option<string>("--scope") { DefaultValueFactory = _ => "tenant", Description = "What bears it: tenant, user, key, release or job." };
        scope.AcceptOnlyFromAmong(Scopes);
        var subject = new Option<string>("--subject") { DefaultValueFactory = _ => "", Description = "Which user, key, release or job: a key by its id as keys list shows it, or web; a job is ingest or fill." };
        var period = new Option<string>("--period") { DefaultValueFactory = _ => "month", Description = "It begins anew with each UTC day or month, or never (total)." };
        period.AcceptOnlyFromAmong(Periods);
        var limit = new Option<decimal>("--dollars") { Required = true, Description = "How much may be spent in the period." };

        Command Verb(string name, string description, Option[] options, Func<BudgetConsole, ParseResult, CancellationToken, Task<int>> act)
        {
            var verb = new Command(name, description);
            foreach (var option in options)
            {
                verb.Add(option);
            }
            verb.SetAction((parsed, ct) => WithConsoleAsync(configure, parsed.InvocationConfiguration.Output, console => act(console, parsed, ct)));
            return verb;
        }

        var list = Verb("list", "Lists the budgets of a tenant with what is spent and reserved.", [tenant],
            (console, parsed, ct) => console.ListAsync(parsed.GetRequiredValue(tenant), ct));
        var set = Verb("set", "Sets a budget; what was spent in the present period stays spent.", [tenant, scope, subject, period, limit],
            (console, parsed, ct) => console.SetAsync(
                parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(scope), parsed.GetRequiredValue(subject), parsed.GetRequiredValue(period),
                parsed.GetRequiredValue(limit), ct));
        var remove = Verb("remove", "Removes a budget: nothing bounds its spending any more.", [tenant, scope, subject],
            (console, parsed, ct) => console.RemoveAsync(parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(scope), parsed.GetRequiredValue(subject), ct));
        return new RootCommand("AiApp's Api.") { new Command(Name, "What may be spent on models.") { list, set, remove } };
    }

    private static async Task<int> WithConsoleAsync(Action<WebApplicationBuilder>? configure, TextWriter output, Func<BudgetConsole, Task<int>> act)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        // Callers may read budgets; setting them takes the role that serves no caller.
        builder.AddStorage(StorageRole.Worker).AddTenants();
        builder.Services.AddSingleton<BudgetStore>();
        await using var app = builder.Build();
        return await act(new BudgetConsole(app.Services.GetRequiredService<BudgetStore>(), app.Services.GetRequiredService<ApiKeyStore>(), output));
    }
}
