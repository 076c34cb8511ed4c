using System.Collections.Concurrent;
using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion;

/// <summary>
/// Shows how far jobs are, when they take long enough for somebody to look: most documents are through in less time than it takes
/// to write five stages down.
/// </summary>
internal sealed class StageProgress : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<long, (Job Job, DocumentStage Stage)> _entered = new();
    private readonly ConcurrentDictionary<long, DocumentStage> _shown = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly IngestionStore _store;
    private readonly Task _showing;

    public StageProgress(IngestionStore store, TimeProvider clock)
    {
        _store = store;
        _showing = ShowAsync(clock, _ended.Token);
    }

    public void Enter(Job job, DocumentStage stage) => _entered[job.Id] = (job, stage);

    /// <summary>The job with the stage that it has reached.</summary>
    public Job Of(Job job) => _entered.TryGetValue(job.Id, out var entry) ? job with { Stage = DocumentRows.Word(entry.Stage) } : job;

    public void Enter(IEnumerable<ReadVersion> versions, DocumentStage stage)
    {
        foreach (var version in versions)
        {
            Enter(version.Job, stage);
        }
    }

    /// <summary>
    /// The last stage, of those that have been shown before. What is published next must not be overtaken by the news that it is
    /// being worked on.
    /// </summary>
    public async Task EndAsync(IReadOnlyList<ReadVersion> versions, DocumentStage stage, CancellationToken ct)
    {
        await StopAsync();
        Enter(versions, stage);
        await _store.ShowStageAsync([.. versions.Select(v => v.Job).Where(job => _shown.ContainsKey(job.Id))], stage, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task StopAsync()
    {
        await _ended.CancelAsync();
        await _showing;
    }

    private async Task ShowAsync(TimeProvider clock, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                foreach (var stage in _entered.Values.Where(IsNews).GroupBy(e => e.Stage, e => e.Job).ToList())
                {
                    await _store.ShowStageAsync([.. stage], stage.Key, ct);
                    foreach (var job in stage)
                    {
                        _shown[job.Id] = stage.Key;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Nobody waits for progress any more.
        }
        catch (Exception outage) when (Outage.CodeOf(outage) is not null)
        {
            // Not worth failing for: the work itself meets the same outage.
        }
    }

    private bool IsNews((Job Job, DocumentStage Stage) entry) => !_shown.TryGetValue(entry.Job.Id, out var shown) || shown != entry.Stage;
}
