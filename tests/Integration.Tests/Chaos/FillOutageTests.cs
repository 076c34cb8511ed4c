using AiApp.Integration.Tests.Gateway;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>An Ingestor as a process, while the provider of its embeddings is down.</summary>
public sealed class FillOutageTests
{
    [Fact]
    public async Task A_space_is_filled_once_the_provider_is_well_again_by_the_process_that_met_its_outage()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Dimensions = 64 });
        server.EmbeddingFaults.Always = new Fault.ServerError();
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await GatewayHost.NewTenantAsync(database);
        await database.ReadAsync<int>($"INSERT INTO reader_set (tenant_id, principals) VALUES ({tenant.Value}, ARRAY['everyone']) RETURNING 1");
        await GeneratedChunks.AddAsync(database, tenant, 5);
        await using var ingestor = new ServiceProcess("Ingestor", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Logging__LogLevel__Default"] = "None",
            ["ConnectionStrings__aiapp"] = database.ConnectionString, ["ConnectionStrings__redis"] = "",
            ["Models__EmbeddingProvider"] = "openai", ["Models__OpenAI__Endpoint"] = $"{server.Endpoint}", ["Models__OpenAI__ApiKey"] = "none",
            ["Models__OpenAI__EmbeddingModel"] = "bag-of-words", ["Models__OpenAI__EmbeddingDimensions"] = "64",
            ["Embedding__FillPollMs"] = "100", ["Gateway__BreakSeconds"] = "0.1",
        });

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await server.WaitForCallAsync(call => call.Number == 3, late.Token);
        server.EmbeddingFaults.Always = null;
        while (await database.ReadAsync<long>("SELECT count(*) FROM embedding_space WHERE filled_at IS NOT NULL") == 0)
        {
            await Task.Delay(50, late.Token);
        }

        Assert.Equal((1, 5L), (ingestor.Starts, await database.ReadAsync<long>("SELECT count(*) FROM embedding_1")));
    }
}
