using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Resilience;
using AiApp.Rag.Gateway.Usage;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Retrieval.Reranking;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Retrieval;

public sealed class RerankerTests
{
    private static readonly string[] Texts = ["The lamp is red.", "The boat needs a lamp and a horn.", "Bread."];
    private static readonly CostBearer Bearer = new(new(1)) { User = "anna" };

    private readonly NotedLedger _ledger = new();

    [Fact]
    public async Task Each_text_gets_the_relevance_that_the_endpoint_gave_it()
    {
        await using var server = await ModelServer.StartAsync();

        var (outcome, scores) = await Create(server).ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None);

        Assert.Equal([1 / 3d, 1, 0], scores!);
        Assert.Equal(("done", "Bearer a key"), (outcome, Assert.Single(server.Calls).Authorization));
    }

    [Fact]
    public async Task A_call_is_reserved_at_its_worst_price_and_settled_by_the_tokens_that_the_endpoint_counts()
    {
        await using var server = await ModelServer.StartAsync();

        await Create(server).ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None);

        var settled = Assert.Single(_ledger.Settled);
        var cost = 2_000_000 + (server.Calls[0].InputTokens * 50L);
        Assert.Equal((cost, "ok", "anna", ModelStep.Rerank), (settled.Cost, settled.Outcome, settled.Reservation.Request.User, settled.Reservation.Request.Step));
        Assert.InRange(settled.Reservation.AtMost, cost, 2_100_000);
    }

    [Theory]
    [InlineData("500", ModelFailureCodes.Error)]
    [InlineData("429", ModelFailureCodes.RateLimited)]
    [InlineData("cut", ModelFailureCodes.Error)]
    [InlineData("malformed", ModelFailureCodes.BadOutput)]
    public async Task A_failing_endpoint_leaves_the_order_as_it_is(string fault, string settled)
    {
        await using var server = await ModelServer.StartAsync();

        Assert.Equal(("failed", null), Parts(await Create(server, $"ranker+{fault}").ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None)));

        Assert.Equal(settled, Assert.Single(_ledger.Settled).Outcome);
    }

    [Fact]
    public async Task An_endpoint_that_takes_too_long_leaves_the_order_as_it_is()
    {
        await using var server = await ModelServer.StartAsync();
        server.RerankFaults.Always = new Fault.Stall(0);

        Assert.Equal(("failed", null), Parts(await Create(server, timeoutMs: 50).ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None)));

        Assert.Equal(ModelFailureCodes.Timeout, Assert.Single(_ledger.Settled).Outcome);
    }

    [Fact]
    public async Task An_endpoint_that_has_failed_three_times_is_left_alone()
    {
        await using var server = await ModelServer.StartAsync();
        var reranker = Create(server, "ranker+500");

        var outcomes = new List<string>();
        for (var call = 0; call < 5; call++)
        {
            outcomes.Add((await reranker.ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None)).Outcome);
        }

        Assert.Equal(["failed", "failed", "failed", "left_alone", "left_alone"], outcomes);
        Assert.Equal((3, 3), (server.CallCount, _ledger.Settled.Count));
    }

    [Fact]
    public async Task A_budget_that_cannot_bear_it_is_not_waited_for_longer_than_the_endpoint_would_be()
    {
        await using var server = await ModelServer.StartAsync();
        _ledger.Refuses = true;
        Assert.Equal(("refused", null), Parts(await Create(server).ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None)));

        (_ledger.Refuses, _ledger.Stalls) = (false, true);
        Assert.Equal(("refused", null), Parts(await Create(server, timeoutMs: 50).ScoreAsync(Bearer, "boat lamp horn", Texts, CancellationToken.None)));

        Assert.Equal((0, 0), (server.CallCount, _ledger.Settled.Count));
    }

    [Fact]
    public async Task A_cancelled_search_does_not_count_as_a_failure_of_the_endpoint()
    {
        await using var server = await ModelServer.StartAsync();
        server.RerankFaults.Always = new Fault.Stall(0);
        using var gone = new CancellationTokenSource();

        var scoring = Create(server, timeoutMs: 30_000).ScoreAsync(Bearer, "boat lamp horn", Texts, gone.Token);
        await server.WaitForCallAsync();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
        Assert.Equal(ModelFailureCodes.Canceled, Assert.Single(_ledger.Settled).Outcome);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_stops_the_start_with_what_to_set()
    {
        var options = new RerankerOptions { Endpoint = "rerank" };

        Assert.Contains("Retrieval:Reranker:Endpoint", Assert.Single(options.Validate(new(options))).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_reranked()
    {
        await using var api = await TestApi.StartAsync();

        Assert.IsType<NoReranker>(api.Services.GetRequiredService<IReranker>());
    }

    [Fact]
    public async Task A_configured_endpoint_orders_the_passages_and_its_budget_decides_whether_it_is_asked()
    {
        await using var server = await ModelServer.StartAsync();
        await using var api = await TestApi.StartAsync(settings:
        [
            $"--Retrieval:Reranker:Endpoint={server.Endpoint}/rerank", "--Retrieval:Reranker:Model=ranker",
            "--Retrieval:Reranker:Prices:0:Version=test", "--Retrieval:Reranker:Prices:0:ThousandCalls=2", "--Retrieval:Reranker:TimeoutMs=30000",
        ]);
        using var worker = new TestWorker(api.Database);
        var key = await api.CreateKeyAsync("default");
        var client = new AiApp.Contracts.AiAppClient(api.CreateHttp(key));
        await client.UploadAsync([File("short.md", "# Lamp\n\nLamp lamp lamp."), File("whole.md", "# Boat\n\nEvery boat carries a lamp, a horn, a rope, an anchor and two oars when it leaves the harbour.")]);
        await worker.DrainAsync();

        var found = await client.SearchAsync(new() { Query = "lamp horn anchor" });

        Assert.Equal(("whole.md", 1d), (found.Passages[0].SourceUri, found.Passages[0].Score));
        Assert.Contains(found.Passages[0].Decisions, decision => decision is { Reason: "reranked", Score: 1 });
        Assert.Empty(found.Degraded);
        Assert.Equal($"rerank 127.0.0.1 ranker {key.Substring(4, 12)}", await api.Database.ReadAsync<string>("SELECT step || ' ' || provider || ' ' || model || ' ' || api_key_id FROM usage_ledger"));

        await api.Database.ReadAsync<int>($"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) SELECT tenant_id, 'key', '{key.Substring(4, 12)}', 'day', 1000000 FROM tenant WHERE name = 'default' RETURNING 1");
        found = await client.SearchAsync(new() { Query = "lamp rope anchor" });
        var explained = await client.ExplainSearchAsync("lamp rope anchor");
        var answer = await client.AskAsync(new() { Question = "What does every boat carry when it leaves the harbour?" });

        Assert.Equal((2, "refused", 1), (found.Passages.Count, explained.Reranking, server.CallCount));
        Assert.Equal(["not_reranked"], found.Degraded);
        Assert.Equal(["not_reranked"], answer.Degraded);
    }

    private static (string, Stream) File(string name, string text) => (name, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    private static (string, IReadOnlyList<double>?) Parts(RerankJudgement judgement) => (judgement.Outcome, judgement.Scores);

    /// <summary>Costs 2 dollars for a thousand calls and 5 cents for a million tokens.</summary>
    private EndpointReranker Create(ModelServer server, string model = "ranker", int timeoutMs = 10_000)
    {
        var options = Options.Create(new RerankerOptions { Endpoint = $"{server.Endpoint}/rerank", Model = model, ApiKey = "a key", TimeoutMs = timeoutMs });
        var prices = new PriceTable([(default, new TokenPrices("test", 50, 50, 0) { Call = 2_000_000 })]);
        return new(
            options, new RerankClient(options), new CircuitBreaker(3, TimeSpan.FromMinutes(1), TimeProvider.System),
            new CallMeter("test", model, prices, TokenCounter.Estimating, _ledger, new HedgeBudget(0, TimeProvider.System), TimeSpan.FromSeconds(60), TimeProvider.System),
            TimeProvider.System, NullLogger<EndpointReranker>.Instance);
    }

    private sealed class NotedLedger : IUsageLedger
    {
        public bool Refuses { get; set; }
        public bool Stalls { get; set; }
        public List<Settlement> Settled { get; } = [];

        public Task ReserveAsync(Reservation reservation, CancellationToken ct) =>
            Refuses ? throw new QuotaExceededException("user", null) : Stalls ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;

        public void Settle(Settlement settlement) => Settled.Add(settlement);
    }
}
