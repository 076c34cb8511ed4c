using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Retrieval.Reranking;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiApp.Integration.Tests.Retrieval;

public sealed class RerankerTests
{
    private static readonly string[] Texts = ["The lamp is red.", "The boat needs a lamp and a horn.", "Bread."];

    [Fact]
    public async Task Each_text_gets_the_relevance_that_the_endpoint_gave_it()
    {
        await using var server = await ModelServer.StartAsync();
        using var reranker = Create(server);

        var scores = await reranker.ScoreAsync("boat lamp horn", Texts, CancellationToken.None);

        Assert.Equal([1 / 3d, 1, 0], scores!);
        Assert.Equal("Bearer a key", Assert.Single(server.Calls).Authorization);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("cut")]
    [InlineData("malformed")]
    public async Task A_failing_endpoint_leaves_the_order_as_it_is(string fault)
    {
        await using var server = await ModelServer.StartAsync();
        using var reranker = Create(server, $"ranker+{fault}");

        Assert.Null(await reranker.ScoreAsync("boat lamp horn", Texts, CancellationToken.None));
    }

    [Fact]
    public async Task An_endpoint_that_takes_too_long_leaves_the_order_as_it_is()
    {
        await using var server = await ModelServer.StartAsync();
        server.RerankFaults.Always = new Fault.Stall(0);
        using var reranker = Create(server, timeoutMs: 50);

        Assert.Null(await reranker.ScoreAsync("boat lamp horn", Texts, CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_search_does_not_count_as_a_failure_of_the_endpoint()
    {
        await using var server = await ModelServer.StartAsync();
        server.RerankFaults.Always = new Fault.Stall(0);
        using var reranker = Create(server, timeoutMs: 30_000);
        using var gone = new CancellationTokenSource();

        var scoring = reranker.ScoreAsync("boat lamp horn", Texts, gone.Token);
        await server.WaitForCallAsync();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
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
    public async Task A_configured_endpoint_orders_the_passages()
    {
        await using var server = await ModelServer.StartAsync();
        await using var api = await TestApi.StartAsync(settings: [$"--Retrieval:Reranker:Endpoint={server.Endpoint}/rerank", "--Retrieval:Reranker:Model=ranker"]);
        using var worker = new TestWorker(api.Database);
        var client = new AiApp.Contracts.AiAppClient(api.CreateHttp(await api.CreateKeyAsync("default")));
        await client.UploadAsync([File("short.md", "# Lamp\n\nLamp lamp lamp."), File("whole.md", "# Boat\n\nEvery boat carries a lamp, a horn, a rope, an anchor and two oars when it leaves the harbour.")]);
        await worker.DrainAsync();

        var passages = (await client.SearchAsync(new() { Query = "lamp horn anchor" })).Passages;

        Assert.Equal(("whole.md", 1d), (passages[0].SourceUri, passages[0].Score));
        Assert.Contains(passages[0].Decisions, decision => decision is { Reason: "reranked", Score: 1 });
    }

    private static (string, Stream) File(string name, string text) => (name, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

    private static EndpointReranker Create(ModelServer server, string model = "ranker", int timeoutMs = 10_000) => new(
        Options.Create(new RerankerOptions { Endpoint = $"{server.Endpoint}/rerank", Model = model, ApiKey = "a key", TimeoutMs = timeoutMs }),
        NullLogger<EndpointReranker>.Instance);
}
