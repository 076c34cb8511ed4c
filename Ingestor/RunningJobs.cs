using System.Collections.Concurrent;
using AiApp.Rag.Jobs;

namespace AiApp.Ingestor;

/// <summary>The jobs this process holds, each with the signal that its lease is lost.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<long, (Job Job, CancellationTokenSource LeaseLost)> _running = new();

    public IReadOnlyCollection<Job> List() => [.. _running.Values.Select(r => r.Job)];

    public async Task RunAsync(Job job, Func<CancellationToken, Task> run)
    {
        using var leaseLost = new CancellationTokenSource();
        _running[job.Id] = (job, leaseLost);
        try
        {
            await run(leaseLost.Token);
        }
        finally
        {
            _running.TryRemove(job.Id, out _);
        }
    }

    /// <summary>Stops those of the renewed jobs that are no longer held.</summary>
    public async Task AbandonAsync(IReadOnlyCollection<Job> renewed, IReadOnlySet<long> held)
    {
        foreach (var job in renewed.Where(j => !held.Contains(j.Id)))
        {
            if (_running.TryGetValue(job.Id, out var running) && running.Job.LeaseToken == job.LeaseToken)
            {
                await CancelAsync(running.LeaseLost);
            }
        }
    }

    private static async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The job ended in this very moment.
        }
    }
}
