using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Queue;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_rate_limit_costs_no_attempt_and_halves_the_places_until_the_provider_lets_more_through()
    {
        await using var server = await ModelServer.StartAsync(new ModelServerOptions { Dimensions = 64 });
        await using var database = await TestDatabase.CreateAsync();
        var clock = new SetClock();
        using var host = Build(database, server, clock);
        var (pace, queue, runner) = (host.Services.GetRequiredService<ProviderPace>(), host.Services.GetRequiredService<JobQueue>(), host.Services.GetRequiredService<IngestionRunner>());
        server.EmbeddingFaults.Always = new Fault.RateLimited(TimeSpan.FromSeconds(1));
        await AddAsync(host, "a.md");

        await runner.RunAsync((await queue.ClaimAsync(CancellationToken.None))!, CancellationToken.None, CancellationToken.None);

        Assert.Equal("retryable attempt 0 provider_rate_limited", await database.ReadAsync<string>("SELECT state || ' attempt ' || attempt || ' ' || reason FROM job"));
        Assert.Equal(4, pace.Places);
        Assert.False(pace.WaitForPlaceAsync(0, CancellationToken.None).IsCompleted);
        server.EmbeddingFaults.Always = null;
        clock.Now += TimeSpan.FromSeconds(10);
        Assert.True(pace.WaitForPlaceAsync(0, CancellationToken.None).IsCompleted);
        await database.ReadAsync<int>("UPDATE job SET run_at = now() RETURNING 1");
        await runner.RunAsync((await queue.ClaimAsync(CancellationToken.None))!, CancellationToken.None, CancellationToken.None);
        Assert.Equal(5, pace.Places);
        Assert.Equal("ready", await database.ReadAsync<string>("SELECT status FROM document"));
    }

    private static IHost Build(TestDatabase database, ModelServer server, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = database.ConnectionString;
        builder.Configuration["Jobs:Concurrency"] = "8";
        builder.Configuration["Models:EmbeddingProvider"] = "openai";
        builder.Configuration["Models:OpenAI:Endpoint"] = server.Endpoint.ToString();
        builder.Configuration["Models:OpenAI:ApiKey"] = "none";
        builder.Configuration["Models:OpenAI:EmbeddingModel"] = "bag-of-words";
        builder.Configuration["Models:OpenAI:EmbeddingDimensions"] = "64";
        builder.Services.AddSingleton(clock);
        builder.AddStorage(StorageRole.Worker).AddModels().AddDocuments().AddJobs().AddIngestion();
        return builder.Build();
    }

    private static Task<AddedDocument?> AddAsync(IHost host, string name) => host.Services.GetRequiredService<DocumentStore>().AddAsync(
        TenantId.Default, PrincipalSet.Everyone,
        new NewDocument { Collection = "default", SourceUri = name, MediaType = "text/markdown", Bytes = Encoding.UTF8.GetBytes("# A\n\ntext") }, CancellationToken.None);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
