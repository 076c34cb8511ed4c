using AiApp.Rag.Ingestion.Indexing;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Looks after the distance indexes. Every process runs one; a lock of the database keeps two from doing the same work.</summary>
internal sealed class IndexWorker(DistanceIndexes indexes, IOptions<IndexingOptions> options, TimeProvider clock, ILogger<IndexWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Outlast.OutagesAsync(() => indexes.TendAsync(stoppingToken), clock, logger, stoppingToken);
        }
    }
}
