using AiApp.Rag.Documents;
using AiApp.Rag.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Sources;

/// <summary>Runs a source that is due, and settles it whatever happens: finished, given back, or left to its next owner.</summary>
public sealed partial class SourceRunner
{
    // Giving back must not hold up a shutdown.
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    // Somebody may be looking: counts are shown while the run goes on.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private readonly SourceQueue _queue;
    private readonly IReadOnlyList<ISourceConnector> _connectors;
    private readonly DocumentStore _documents;
    private readonly NpgsqlDataSource _database;
    private readonly SourcesOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SourceRunner> _logger;

    internal SourceRunner(
        SourceQueue queue, IEnumerable<ISourceConnector> connectors, DocumentStore documents, NpgsqlDataSource database,
        IOptions<SourcesOptions> options, TimeProvider clock, ILogger<SourceRunner> logger)
    {
        (_queue, _documents, _database, _options, _clock, _logger) = (queue, documents, database, options.Value, clock, logger);
        _connectors = [.. connectors];
    }

    /// <summary>False when nothing is due.</summary>
    public async Task<bool> RunNextAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // Not broken off: a claim that was made all the same would be held by nobody until its lease ends.
        if (await Outlast.OutagesAsync(() => _queue.ClaimAsync(CancellationToken.None), _clock, _logger, ct) is not { } source)
        {
            return false;
        }
        await RunAsync(source, ct);
        return true;
    }

    internal async Task RunAsync(ClaimedSource source, CancellationToken ct)
    {
        var connector = _connectors.First(c => c.CanRead(source.Settings));
        var run = new Synchronizer(source, connector, _documents, new SourceItems(_database, source), _options, _clock);
        using var lost = new CancellationTokenSource();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, lost.Token);
        var heartbeat = HeartbeatAsync(source, run, lost, done.Token);
        try
        {
            await SettleAsync(source, connector, run, ct, either.Token);
        }
        catch (Exception stopped) when (stopped is LeaseLostException || (stopped is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LeaseLost(source.Id);
        }
        finally
        {
            await done.CancelAsync();
            await heartbeat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SettleAsync(ClaimedSource source, ISourceConnector connector, Synchronizer run, CancellationToken ct, CancellationToken either)
    {
        try
        {
            var report = await MakeAsync(source, connector, run, either);
            if (report is not null && await Outlast.OutagesAsync(() => _queue.FinishAsync(source, report, either), _clock, _logger, either))
            {
                Finished(source.Id, report.Outcome, report.Counts.Listed, report.Counts.Added, report.Counts.Changed, report.Counts.Deleted, report.Counts.Held);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            using var bounded = new CancellationTokenSource(ReleaseTimeout, _clock);
            await _queue.ReleaseAsync(source, Unfinished(run), outage: false, bounded.Token);
            throw;
        }
        catch (NpgsqlException) when (!either.IsCancellationRequested)
        {
            await Outlast.OutagesAsync(() => _queue.ReleaseAsync(source, Unfinished(run), outage: true, either), _clock, _logger, either);
        }
    }

    /// <summary>Null when there is nothing left to report on.</summary>
    private async Task<RunReport?> MakeAsync(ClaimedSource source, ISourceConnector connector, Synchronizer run, CancellationToken ct)
    {
        if (!source.Removing)
        {
            return await run.RunAsync(ct);
        }
        await run.ClearAsync(ct);
        await _queue.RemoveAsync(source, ct);
        connector.Forget(source.Id.ToString("N"));
        return null;
    }

    private async Task HeartbeatAsync(ClaimedSource source, Synchronizer run, CancellationTokenSource lost, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(_options.Lease / 4 < ProgressInterval ? _options.Lease / 4 : ProgressInterval, _clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (!await Outlast.OutagesAsync(() => _queue.RenewAsync(source, run.Counts, ct), _clock, _logger, ct))
            {
                await lost.CancelAsync();
                return;
            }
        }
    }

    private static RunReport Unfinished(Synchronizer run) => new(RunOutcome.Interrupted, run.Counts, run.Problems, Decided: false);

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Source {SourceId}: {Outcome}, {Listed} listed, {Added} added, {Changed} changed, {Deleted} deleted, {Held} deletions held")]
    private partial void Finished(Guid sourceId, RunOutcome outcome, int listed, int added, int changed, int deleted, int held);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of source {SourceId} is lost: its run is left to its next owner")]
    private partial void LeaseLost(Guid sourceId);
}
