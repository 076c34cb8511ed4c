namespace AiApp.Rag.Jobs;

/// <summary>Cancelled once the leases of all jobs are lost: as long as one is held, the work they share goes on for its sake.</summary>
internal sealed class LeasesLost : IDisposable
{
    private readonly CancellationTokenSource _all = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _held;

    public LeasesLost(IReadOnlyCollection<HeldJob> jobs)
    {
        _held = jobs.Count;
        foreach (var job in jobs)
        {
            _registrations.Add(job.LeaseLost.Register(LoseOne));
        }
    }

    public CancellationToken Token => _all.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            // Waits for a callback that runs at this moment.
            registration.Dispose();
        }
        _all.Dispose();
    }

    private void LoseOne()
    {
        if (Interlocked.Decrement(ref _held) == 0)
        {
            _all.Cancel();
        }
    }
}
