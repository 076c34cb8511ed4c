using AiApp.Integration.Tests.Gateway;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Ingestion.Filling;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Retrieval;

public sealed class RefusedFillTests
{
    [Fact]
    public async Task A_tenant_whose_budget_is_spent_keeps_its_gaps_and_holds_up_nobody()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Dimensions = 64 });
        await using var database = await TestDatabase.CreateAsync();
        var spent = await AddChunksAsync(database, 5);
        await AddChunksAsync(database, 7);
        await database.ReadAsync<int>($"INSERT INTO budget (tenant_id, scope, subject, period, limit_cost) VALUES ({spent.Value}, 'job', 'fill', 'month', 1) RETURNING 1");
        using var worker = new TestWorker(database,
            "--Embedding:FillBatchSize=3", "--Models:EmbeddingProvider=openai", $"--Models:OpenAI:Endpoint={server.Endpoint}", "--Models:OpenAI:ApiKey=none",
            "--Models:OpenAI:EmbeddingModel=bag-of-words", "--Models:OpenAI:EmbeddingDimensions=64", "--Models:Embeddings:bag:Provider=openai",
            "--Models:Embeddings:bag:Model=bag-of-words", "--Models:Embeddings:bag:Dimensions=64", "--Models:Embeddings:bag:Prices:0:Version=test",
            "--Models:Embeddings:bag:Prices:0:Input=1");
        await worker.Services.GetRequiredService<EmbeddingSpaces>().EnsureAsync(worker.Services.GetRequiredService<EmbeddingModels>().Preferred, CancellationToken.None);
        var filler = worker.Services.GetRequiredService<SpaceFiller>();

        Assert.False(await filler.RunAsync(CancellationToken.None));
        Assert.Equal("0 7", await CountAsync(database, spent));

        await database.ReadAsync<int>("UPDATE budget SET limit_cost = 1000000000 RETURNING 1");
        Assert.True(await filler.RunAsync(CancellationToken.None));
        Assert.Equal("5 7", await CountAsync(database, spent));
    }

    private static async Task<TenantId> AddChunksAsync(TestDatabase database, int count)
    {
        var tenant = await GatewayHost.NewTenantAsync(database);
        await database.ReadAsync<int>($"INSERT INTO reader_set (tenant_id, principals) VALUES ({tenant.Value}, ARRAY['everyone']) RETURNING 1");
        await GeneratedChunks.AddAsync(database, tenant, count);
        return tenant;
    }

    private static Task<string> CountAsync(TestDatabase database, TenantId first) => database.ReadAsync<string>(
        $"SELECT count(*) FILTER (WHERE tenant_id = {first.Value}) || ' ' || count(*) FILTER (WHERE tenant_id <> {first.Value}) FROM embedding_1");
}
