using System.Collections.Concurrent;
using AiApp.Rag.Jobs;

namespace AiApp.Ingestor;

/// <summary>The jobs this process holds, each with the signal that its lease is lost.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<long, (Job Job, CancellationTokenSource LeaseLost)> _running = new();

    public IReadOnlyCollection<Job> List() => [.. _running.Values.Select(r => r.Job)];

    public async Task RunAsync(IReadOnlyList<Job> jobs, Func<IReadOnlyList<HeldJob>, Task> run)
    {
        var sources = jobs.Select(_ => new CancellationTokenSource()).ToList();
        foreach (var (job, leaseLost) in jobs.Zip(sources))
        {
            _running[job.Id] = (job, leaseLost);
        }

        try
        {
            await run([.. jobs.Zip(sources, (job, leaseLost) => new HeldJob(job, leaseLost.Token))]);
        }
        finally
        {
            foreach (var (job, leaseLost) in jobs.Zip(sources))
            {
                _running.TryRemove(job.Id, out _);
                leaseLost.Dispose();
            }
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
