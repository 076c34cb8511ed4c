using System.Threading.Channels;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Claims jobs as long as there are free places and runs them; on shutdown claims nothing more and gives unfinished jobs back.</summary>
internal sealed partial class IngestionWorker(
    JobQueue queue, JobSignal signal, IngestionRunner runner, IOptions<JobsOptions> options, TimeProvider clock, ILogger<IngestionWorker> logger) : BackgroundService
{
    private readonly RunningJobs _running = new();
    private readonly TimeSpan _poll = TimeSpan.FromMilliseconds(options.Value.PollMs);
    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(options.Value.LeaseSeconds) / 4;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var places = Enumerable.Range(0, options.Value.Concurrency).Select(_ => WorkAsync(stoppingToken));
        await Task.WhenAll([signal.ListenAsync(Wake, stoppingToken), HeartbeatAsync(stoppingToken), .. places]);
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>One place: a job at a time.</summary>
    private async Task WorkAsync(CancellationToken ct)
    {
        while (true)
        {
            if (await Outlast.OutagesAsync(() => queue.ClaimAsync(ct), clock, logger, ct) is not { } job)
            {
                await WaitForWorkAsync(ct);
                continue;
            }

            // Where one job was, there may be more: the next place looks as well.
            Wake();
            await _running.RunAsync(job, leaseLost => RunAsync(job, leaseLost, ct));
        }
    }

    private async Task RunAsync(Job job, CancellationToken leaseLost, CancellationToken ct)
    {
        try
        {
            await runner.RunAsync(job, leaseLost, ct);
        }
#pragma warning disable CA1031 // A job that could not even be settled is rescued when its lease ends; this place goes on.
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotSettled(job.DocumentId, failure.GetType().Name);
        }
    }

    private async Task WaitForWorkAsync(CancellationToken ct)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(ct);
        poll.CancelAfter(_poll);
        try
        {
            await _wake.Reader.ReadAsync(poll.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look without having been called.
        }
    }

    private async Task HeartbeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(_heartbeat, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            var jobs = _running.List();
            if (jobs.Count > 0)
            {
                var held = await Outlast.OutagesAsync(() => queue.RenewAsync(jobs, ct), clock, logger, ct);
                await _running.AbandonAsync(jobs, held);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job of document {DocumentId} could not be settled ({Error}): it is rescued when its lease ends")]
    private partial void NotSettled(Guid documentId, string error);
}
