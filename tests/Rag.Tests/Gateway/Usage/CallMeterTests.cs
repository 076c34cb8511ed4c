using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Tenants;
using AiApp.Rag.Tests.Gateway.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Tests.Gateway.Usage;

public sealed class CallMeterTests
{
    private const string Question = "the quick brown fox jumps over the lazy dog";
    private static readonly TokenPrices Prices = new("test", 1000, 1000, 4000);

    private readonly Ledger _ledger = new();

    [Fact]
    public async Task What_the_provider_counted_stands_and_is_no_estimate()
    {
        using var call = await BeginAsync(new(TinyRanks.Tokenizer()));
        call.Wrote("the fox");
        call.Used(new UsageDetails { InputTokenCount = 70, OutputTokenCount = 5 });
        call.End(ModelFailureCodes.Ok);

        Assert.Equal(new TokenCounts(70, 5), Assert.Single(_ledger.Settled).Tokens);
    }

    [Fact]
    public async Task A_call_that_broke_off_is_counted_by_the_tokenizer_and_remains_an_estimate()
    {
        using var call = await BeginAsync(new(TinyRanks.Tokenizer()));
        call.Wrote("th");
        call.Wrote("e quick");
        call.End(ModelFailureCodes.Canceled);

        // Around the one message are 4, before the answer 3. Pieces of a stream may end within a token.
        var expected = new TokenCounts(TinyRanks.Tokenizer().Count(Question) + 7, TinyRanks.Tokenizer().Count("the quick")) { AreEstimated = true };
        Assert.Equal(expected, Assert.Single(_ledger.Settled).Tokens);
    }

    [Fact]
    public async Task Of_a_provider_that_counts_by_half_the_other_half_is_counted_here()
    {
        using var call = await BeginAsync(new(TinyRanks.Tokenizer()));
        call.Used(new UsageDetails { InputTokenCount = 70 });
        call.Wrote("the quick");
        call.End(ModelFailureCodes.Ok);

        Assert.Equal(new TokenCounts(70, TinyRanks.Tokenizer().Count("the quick")) { AreEstimated = true }, Assert.Single(_ledger.Settled).Tokens);
    }

    [Fact]
    public async Task Without_a_tokenizer_it_is_estimated()
    {
        using var call = await BeginAsync(TokenCounter.Estimating);
        call.Wrote("the quick brown fox");
        call.End(ModelFailureCodes.Canceled);

        var tokens = Assert.Single(_ledger.Settled).Tokens;
        Assert.Equal(new TokenCounts(9 + 7, 4) { AreEstimated = true }, tokens);
    }

    [Fact]
    public async Task A_tokenizer_makes_the_reservation_that_of_the_tokens()
    {
        using var bytes = await BeginAsync(TokenCounter.Estimating);
        using var tokens = await BeginAsync(new(TinyRanks.Tokenizer()));

        Assert.Equal(
            [Prices.Of(new(Question.Length + 8, 100)), Prices.Of(new(TinyRanks.Tokenizer().Count(Question) + 8, 100))],
            _ledger.Reserved.Select(reservation => reservation.AtMost));
    }

    private Task<CallMeter.MeteredCall> BeginAsync(TokenCounter counter)
    {
        var request = new ModelRequest { Step = ModelStep.Answer, Tenant = new TenantId(1) };
        var options = new ChatOptions { MaxOutputTokens = 100, AdditionalProperties = new() { [ModelRequest.OptionsKey] = request } };
        return new CallMeter("p", "m", new PriceTable([(default, Prices)]), counter, _ledger, new HedgeBudget(0, TimeProvider.System), TimeSpan.FromSeconds(60), TimeProvider.System)
            .BeginAsync([new ChatMessage(ChatRole.User, Question)], options, CancellationToken.None);
    }

    private sealed class Ledger : IUsageLedger
    {
        public List<Reservation> Reserved { get; } = [];
        public List<Settlement> Settled { get; } = [];

        public Task ReserveAsync(Reservation reservation, CancellationToken ct)
        {
            Reserved.Add(reservation);
            return Task.CompletedTask;
        }

        public void Settle(Settlement settlement) => Settled.Add(settlement);
    }
}
