using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Frees jobs of workers that fell silent, merges and measures statistics, and does the daily chores. Every process runs one: none is special.</summary>
internal sealed partial class RescueWorker(
    JobQueue queue, LexemeStatistics statistics, AverageLengths lengths, Housekeeping housekeeping, IOptions<JobsOptions> options, TimeProvider clock, ILogger<RescueWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan MergeEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HousekeepEvery = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EveryAsync(TimeSpan.FromMilliseconds(options.Value.PollMs), RescueAsync, stoppingToken),
        EveryAsync(MergeEvery, statistics.MergeAsync, stoppingToken),
        EveryAsync(MergeEvery, lengths.AdjustAsync, stoppingToken),
        EveryAsync(HousekeepEvery, HousekeepAsync, stoppingToken));

    private async Task EveryAsync(TimeSpan period, Func<CancellationToken, Task<int>> step, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(period, clock);
        do
        {
            await Outlast.OutagesAsync(() => step(ct), clock, logger, ct);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<int> RescueAsync(CancellationToken ct)
    {
        var count = await queue.RescueAsync(ct);
        if (count > 0)
        {
            Rescued(count);
        }

        return count;
    }

    private async Task<int> HousekeepAsync(CancellationToken ct)
    {
        await housekeeping.RunAsync(ct);
        return 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rescued {JobCount} jobs whose workers fell silent")]
    private partial void Rescued(int jobCount);
}
