using System.Diagnostics;
using AiApp.Contracts;
using AiApp.Integration.Tests.Chaos;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Queue;

/// <summary>A real Ingestor with its usual lease, held in the middle of an embedding call that never ends by itself.</summary>
public sealed class StopTests(ITestOutputHelper output)
{
    // Of the lease of 30 s, after which another worker would take the job. A worker looks every second; how long it took is printed.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("cancel")]
    [InlineData("delete")]
    // Nobody tells the worker: it must look by itself.
    [InlineData("DELETE FROM job")]
    public async Task A_worker_stops_long_before_its_lease_ends(string how)
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Dimensions = 64 });
        server.EmbeddingFaults.Always = new Fault.Stall(0, new Gate());
        await using var api = await TestApi.StartAsync();
        await using var ingestor = new ServiceProcess("Ingestor", Settings(api, server));
        var client = await api.CreateClientAsync();
        var id = (await client.UploadAsync([("a.md", new MemoryStream([.. "# A\n\ntext"u8]))])).Files[0].DocumentId!.Value;
        var call = await server.WaitForCallAsync().WaitAsync(TimeSpan.FromSeconds(60));

        var started = Stopwatch.GetTimestamp();
        await (how switch
        {
            "cancel" => client.CancelDocumentAsync(id),
            "delete" => client.DeleteDocumentAsync(id),
            _ => (Task)api.Database.ReadAsync<int>($"{how} RETURNING 1"),
        });

        Assert.Equal(CallOutcome.Cancelled, await call.Finished.WaitAsync(TimeSpan.FromSeconds(30)));
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{how}: stopped after {took.TotalMilliseconds:0} ms");
        Assert.InRange(took, TimeSpan.Zero, Limit);
        Assert.Equal(0, await CountRunningAsync(client));
    }

    private static async Task<int> CountRunningAsync(AiAppClient client) => (await client.GetQueueAsync()).Running;

    private static Dictionary<string, string> Settings(TestApi api, ModelServer server) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["ConnectionStrings__aiapp"] = api.Database.ConnectionString,
        ["ConnectionStrings__redis"] = "",
        ["Models__EmbeddingProvider"] = "openai",
        ["Models__OpenAI__Endpoint"] = server.Endpoint.ToString(),
        ["Models__OpenAI__ApiKey"] = "none",
        ["Models__OpenAI__EmbeddingModel"] = "bag-of-words",
        ["Models__OpenAI__EmbeddingDimensions"] = "64",
        ["Logging__LogLevel__Default"] = "None",
    };
}
