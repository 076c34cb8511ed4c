using AiApp.Api.Budgets;
using AiApp.Contracts;
using AiApp.Integration.Tests.Extraction;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Testing;
using Microsoft.Extensions.Configuration;

namespace AiApp.Integration.Tests.Gateway;

/// <summary>Who bears the calls of one tenant with two keys. Chat costs 10 dollars a million tokens of output, embeddings what a test says.</summary>
public sealed class CostBearerTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";

    private ModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ModelServer.StartAsync(new ModelServerOptions { Dimensions = 64 });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_budget_of_one_key_refuses_its_questions_and_extractions_and_nobody_elses()
    {
        await using var api = await StartAsync(embeddingDollars: 0);
        var (own, id) = await NewKeyAsync(api);
        var (other, _) = await NewKeyAsync(api);
        await IngestAsync(api, own);
        Assert.Equal(0, (await SetAsync(api, "key", id)).Exit);

        foreach (var refused in new[] { await RefusedAsync(() => own.AskAsync(new() { Question = Question })), await RefusedAsync(() => own.ExtractAsync(Extraction)) })
        {
            Assert.Equal((ProblemCodes.QuotaExceeded, 429), (refused.Code, refused.Status));
            Assert.Contains("budget of the key", refused.Detail, StringComparison.Ordinal);
        }
        Assert.NotEmpty((await other.AskAsync(new() { Question = Question })).Citations);
        _server.ScriptNext("{}");
        await other.ExtractAsync(Extraction);
    }

    [Fact]
    public async Task The_budget_of_one_key_refuses_its_searches_where_embeddings_cost_something()
    {
        await using var api = await StartAsync(embeddingDollars: 1);
        var (own, id) = await NewKeyAsync(api);
        var (other, _) = await NewKeyAsync(api);
        await IngestAsync(api, own);
        await SetAsync(api, "key", id);

        Assert.Contains("budget of the key", (await RefusedAsync(() => own.SearchAsync(new() { Query = Question }))).Detail, StringComparison.Ordinal);
        Assert.Contains("budget of the key", (await RefusedAsync(() => own.ExplainSearchAsync(Question))).Detail, StringComparison.Ordinal);
        Assert.NotEmpty((await other.SearchAsync(new() { Query = Question })).Passages);
    }

    [Fact]
    public async Task Every_call_stands_in_the_ledger_with_who_bears_it()
    {
        await using var api = await StartAsync(embeddingDollars: 1);
        var (own, id) = await NewKeyAsync(api);
        await IngestAsync(api, own);
        await own.AskAsync(new() { Question = Question });
        _server.ScriptNext("{}");
        await own.ExtractAsync(Extraction);

        var rows = await api.Database.ReadAsync<string[]>(
            "SELECT array_agg(step || ' ' || coalesce(used_by, '-') || ' ' || coalesce(api_key_id, '-') || ' ' || coalesce(job, '-') ORDER BY created_at) FROM usage_ledger");

        Assert.Equal(["embed - - ingest", $"embed a test {id} -", $"answer a test {id} -", $"extract a test {id} -"], rows);
    }

    [Fact]
    public async Task A_document_whose_budget_is_spent_waits_with_what_was_read_and_goes_on_when_the_budget_is_raised()
    {
        await using var api = await StartAsync(embeddingDollars: 1);
        var (own, _) = await NewKeyAsync(api);
        await SetAsync(api, "job", CostBearer.Ingest);
        using var worker = new TestWorker(api.Database, Settings(embeddingDollars: 1));

        await IngestAsync(api, own, worker);

        Assert.Equal("retryable attempt 0 quota_exceeded", await api.Database.ReadAsync<string>("SELECT state || ' attempt ' || attempt || ' ' || reason FROM job"));
        Assert.True(await api.Database.ReadAsync<bool>("SELECT run_at > now() + interval '2 minutes' FROM job"));
        Assert.Equal((1L, 0), (await api.Database.ReadAsync<long>("SELECT count(*) FROM reading"), _server.CallCount));

        await SetAsync(api, "job", CostBearer.Ingest, dollars: 1);
        await api.Database.ReadAsync<int>("UPDATE job SET run_at = now() RETURNING 1");
        await worker.DrainAsync();
        Assert.Equal("ready", Assert.Single((await own.ListDocumentsAsync()).Items).Status);
    }

    [Theory]
    [InlineData("the tests' key")]
    [InlineData("000000000000")]
    public async Task A_budget_of_a_key_that_the_tenant_does_not_have_is_refused_with_what_to_give(string subject)
    {
        await using var api = await StartAsync(embeddingDollars: 0);
        await NewKeyAsync(api);

        var (exit, output) = await SetAsync(api, "key", subject);

        Assert.Equal(1, exit);
        Assert.Contains("keys list", output, StringComparison.Ordinal);
    }

    private static ExtractRequest Extraction => ExtractionFixture.Request("""{ "type": "object" }""");

    private Task<TestApi> StartAsync(decimal embeddingDollars) => TestApi.StartAsync(settings: Settings(embeddingDollars));

    private string[] Settings(decimal embeddingDollars) =>
    [
        "--Models:Provider=openai", "--Models:EmbeddingProvider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none",
        "--Models:OpenAI:ChatModel=m", "--Models:Chat:m:Provider=openai", "--Models:Chat:m:Prices:0:Version=test", "--Models:Chat:m:Prices:0:Output=10",
        "--Models:Chat:scripted:Provider=openai", "--Models:Chat:scripted:Prices:0:Version=test", "--Models:Chat:scripted:Prices:0:Output=10",
        "--Models:Routes:extract:0=scripted",
        "--Models:OpenAI:EmbeddingModel=bag-of-words", "--Models:OpenAI:EmbeddingDimensions=64",
        "--Models:Embeddings:bag:Provider=openai", "--Models:Embeddings:bag:Model=bag-of-words", "--Models:Embeddings:bag:Dimensions=64",
        "--Models:Embeddings:bag:Prices:0:Version=test", $"--Models:Embeddings:bag:Prices:0:Input={embeddingDollars}",
    ];

    private static async Task<(AiAppClient Client, string Id)> NewKeyAsync(TestApi api)
    {
        var key = await api.CreateKeyAsync("own");
        return (new(api.CreateHttp(key)), key.Substring(4, 12));
    }

    private async Task IngestAsync(TestApi api, AiAppClient client, TestWorker? worker = null)
    {
        using var own = worker is null ? new TestWorker(api.Database, Settings(embeddingDollars: 1)) : null;
        await client.UploadAsync([("leave.md", new MemoryStream("# Annual leave\n\nFull-time employees have 28 days of annual leave a year."u8.ToArray()))]);
        await (worker ?? own!).DrainAsync();
    }

    private static async Task<ProblemDto> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<AiAppException>(call)).Problem;

    private static async Task<(int Exit, string Output)> SetAsync(TestApi api, string scope, string subject, decimal dollars = 0.0000001m)
    {
        var output = new StringWriter();
        var exit = await BudgetsCommand.RunAsync(
            [
                BudgetsCommand.Name, "set", "--tenant", "own", "--scope", scope, "--subject", subject,
                "--dollars", dollars.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ],
            builder => builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:aiapp", api.Database.ConnectionString)]), output);
        return (exit, output.ToString());
    }
}
