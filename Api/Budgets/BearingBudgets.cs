using AiApp.Api.Auth;
using AiApp.Contracts;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Usage;
using Npgsql;

namespace AiApp.Api.Budgets;

/// <summary>Tells in a response how the budgets stand that bore it.</summary>
internal sealed class BearingBudgets(BudgetStore store)
{
    public async Task<AnswerDto> CompleteAsync(AnswerDto answer, Caller caller, CancellationToken ct) =>
        answer with { Usage = await CompleteAsync(answer.Usage, caller, ct) };

    public async Task<ExtractionDto> CompleteAsync(ExtractionDto extraction, Caller caller, CancellationToken ct) =>
        extraction with { Usage = await CompleteAsync(extraction.Usage, caller, ct) };

    private async Task<UsageDto> CompleteAsync(UsageDto usage, Caller caller, CancellationToken ct)
    {
        // What costs nothing leaves budgets as they were, and needs no look at them.
        if (usage.CostDollars == 0)
        {
            return usage;
        }
        try
        {
            var bearer = new CostBearer(caller.Tenant) { User = caller.User, ApiKey = caller.ApiKey };
            return usage with { Budgets = [.. (await store.ListBearingAsync(bearer, caller.Principals, ct)).Select(budget => budget.ToDto())] };
        }
        catch (NpgsqlException)
        {
            // The answer is made and paid for; nobody loses it for the want of this.
            return usage;
        }
    }
}
