using AiApp.Rag.Gateway;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Ingestion.Filling;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Fills embedding spaces beside the jobs. Every process runs one; a lease keeps two from doing the same work.</summary>
internal sealed partial class FillWorker(SpaceFiller filler, IOptions<FillOptions> options, TimeProvider clock, ILogger<FillWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.FillPollMs), clock);
        do
        {
            while (await FillAsync(stoppingToken))
            {
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> FillAsync(CancellationToken ct)
    {
        try
        {
            return await Outlast.OutagesAsync(() => filler.RunAsync(ct), clock, logger, ct);
        }
        catch (Exception failure) when (failure is ModelProviderException or EmbeddingOutputException
            || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Failed(failure.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedding model failed while a space was filled ({Error}): tried again shortly")]
    private partial void Failed(string error);
}
