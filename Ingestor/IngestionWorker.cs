using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;

namespace AiApp.Ingestor;

/// <summary>Claims jobs as long as there are free places and runs them; on shutdown claims nothing more and gives unfinished jobs back.</summary>
internal sealed partial class IngestionWorker(
    JobQueue queue, JobSignal signal, IngestionRunner runner, ProviderPace pace, IOptions<JobsOptions> options, TimeProvider clock,
    ILogger<IngestionWorker> logger) : BackgroundService
{
    /// <summary>A cancelled job stops within three seconds, also when nobody could tell us.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly RunningJobs _running = new();
    private readonly TimeSpan _poll = TimeSpan.FromMilliseconds(options.Value.PollMs);
    private readonly TimeSpan _heartbeat = TimeSpan.FromSeconds(options.Value.LeaseSeconds) / 4;
    private readonly WorkSignal _wake = new(clock);
    private readonly WorkSignal _stopped = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var places = Enumerable.Range(0, options.Value.Concurrency).Select(place => WorkAsync(place, stoppingToken));
        await Task.WhenAll([signal.ListenAsync(_wake.Call, _stopped.Call, stoppingToken), WatchLeasesAsync(stoppingToken), .. places]);
    }

    /// <summary>One place: a job at a time, or a group of small ones.</summary>
    private async Task WorkAsync(int place, CancellationToken ct)
    {
        while (true)
        {
            await pace.WaitForPlaceAsync(place, ct);
            ct.ThrowIfCancellationRequested();
            // A claim that is broken off may have been made: nobody would know of its lease until it ends. Whoever stops gives back what it has claimed.
            var jobs = await Outlast.OutagesAsync(() => queue.ClaimGroupAsync(CancellationToken.None), clock, logger, ct);
            if (jobs.Count == 0)
            {
                await _wake.WaitAsync(_poll, ct);
                continue;
            }

            // Where one job was, there may be more: the next place looks as well.
            _wake.Call();
            await _running.RunAsync(jobs, held => RunAsync(held, ct));
        }
    }

    private async Task RunAsync(IReadOnlyList<HeldJob> jobs, CancellationToken ct)
    {
        try
        {
            await runner.RunAsync(jobs, ct);
        }
#pragma warning disable CA1031 // A job that could not even be settled is rescued when its lease ends; this place goes on.
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotSettled(jobs.Count, jobs[0].Job.DocumentId, failure.GetType().Name);
        }
    }

    /// <summary>Renews the leases in time, and looks in between which jobs are still ours.</summary>
    private async Task WatchLeasesAsync(CancellationToken ct)
    {
        var look = _heartbeat < LongestLook ? _heartbeat : LongestLook;
        var renewedAt = clock.GetTimestamp();
        while (true)
        {
            await _stopped.WaitAsync(look, ct);
            var jobs = _running.List();
            if (jobs.Count == 0)
            {
                continue;
            }

            var renew = clock.GetElapsedTime(renewedAt) >= _heartbeat - look;
            var held = await Outlast.OutagesAsync(() => renew ? queue.RenewAsync(jobs, ct) : queue.ListHeldAsync(jobs, ct), clock, logger, ct);
            renewedAt = renew ? clock.GetTimestamp() : renewedAt;
            await _running.AbandonAsync(jobs, held);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Of {Count} jobs from document {DocumentId} on some could not be settled ({Error}): they are rescued when their leases end")]
    private partial void NotSettled(int count, Guid documentId, string error);
}
