using System.Globalization;
using AiApp.Api.Auth;
using AiApp.Rag.Access;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Tenants;

namespace AiApp.Api.Budgets;

/// <summary>Exit code 1 when something is not as it must be, with a line that says what to do.</summary>
internal sealed class BudgetConsole(BudgetStore store, ApiKeyStore tenants, TextWriter output)
{
    public async Task<int> ListAsync(string tenant, CancellationToken ct)
    {
        if (await tenants.FindTenantAsync(tenant, ct) is not { } id)
        {
            return await FailAsync($"There is no tenant '{tenant}'.");
        }
        var budgets = await store.ListAsync(id, PrincipalSet.Everyone, ct);
        foreach (var budget in budgets)
        {
            await output.WriteLineAsync(
                $"{budget.Scope}{(budget.Subject.Length > 0 ? " " + budget.Subject : "")}: {Dollars(budget.Spent)} of {Dollars(budget.Limit)} spent, "
                + $"{Dollars(budget.Reserved)} reserved, per {budget.Period}"
                + (budget.RenewsAt is { } renews ? string.Create(CultureInfo.InvariantCulture, $", anew {renews:yyyy-MM-dd HH:mm} UTC") : ""));
        }
        if (budgets.Count == 0)
        {
            await output.WriteLineAsync("No budget is set: nothing bounds what is spent on models.");
        }
        return 0;
    }

    public async Task<int> SetAsync(string tenant, string scope, string subject, string period, decimal dollars, CancellationToken ct)
    {
        if (Check(scope, subject) is { } wrong)
        {
            return await FailAsync(wrong);
        }
        if (Money.ToNanodollars(dollars) is not { } limit)
        {
            return await FailAsync("--dollars is between 0 and 1000000000.");
        }
        if (await tenants.FindTenantAsync(tenant, ct) is not { } id)
        {
            return await FailAsync($"There is no tenant '{tenant}': 'keys create --tenant {tenant}' makes one.");
        }
        if (scope == "job" && subject is not (CostBearer.Ingest or CostBearer.Fill))
        {
            return await FailAsync($"There is no job '{subject}': {CostBearer.Ingest} embeds documents, {CostBearer.Fill} fills a new embedding space.");
        }
        if (scope == "key" && await CheckKeyAsync(id, subject, ct) is { } unknown)
        {
            return await FailAsync(unknown);
        }
        await store.SetAsync(id, scope, subject, period, limit, ct);
        return await ListAsync(tenant, ct);
    }

    public async Task<int> RemoveAsync(string tenant, string scope, string subject, CancellationToken ct)
    {
        if (Check(scope, subject) is { } wrong)
        {
            return await FailAsync(wrong);
        }
        if (await tenants.FindTenantAsync(tenant, ct) is not { } id || !await store.RemoveAsync(id, scope, subject, ct))
        {
            return await FailAsync("There is no such budget: 'budgets list' shows them.");
        }
        return await ListAsync(tenant, ct);
    }

    /// <summary>A budget of a key that nobody has would bind nothing, in silence.</summary>
    private async Task<string?> CheckKeyAsync(TenantId tenant, string key, CancellationToken ct) =>
        key == ApiKeyOptions.WebKeyId || (await tenants.FindAsync(key, ct))?.TenantId == tenant.Value
            ? null
            : $"The tenant has no key '{key}': give its id, the twelve characters that 'keys list' begins its line with.";

    private static string? Check(string scope, string subject) => (scope == "tenant", subject.Length > 0) switch
    {
        (true, true) => "The budget of the tenant has no --subject.",
        (false, false) => $"Name the {scope} with --subject.",
        _ => null,
    };

    private static string Dollars(long nanodollars) => string.Create(CultureInfo.InvariantCulture, $"${Money.ToDollars(nanodollars):0.00####}");

    private async Task<int> FailAsync(string message)
    {
        await output.WriteLineAsync(message);
        return 1;
    }
}
