using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Models;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Hosting;

/// <summary>Ingestion in the worker's role beside an Api over the same database, run step by step.</summary>
internal sealed class TestWorker : IDisposable
{
    private readonly IHost _host;

    public TestWorker(TestDatabase database, params string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddCommandLine(settings);
        builder.Configuration["ConnectionStrings:aiapp"] = database.ConnectionString;
        builder.AddStorage(StorageRole.Worker).AddModels().AddDocuments().AddJobs().AddIngestion();
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    /// <summary>Runs every job that is due.</summary>
    public async Task DrainAsync(int workers = 1)
    {
        var queue = Services.GetRequiredService<JobQueue>();
        var runner = Services.GetRequiredService<IngestionRunner>();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async _ =>
        {
            while (await queue.ClaimAsync(CancellationToken.None) is { } job)
            {
                await runner.RunAsync(job, CancellationToken.None, CancellationToken.None);
            }
        }));
    }

    public void Dispose() => _host.Dispose();
}
