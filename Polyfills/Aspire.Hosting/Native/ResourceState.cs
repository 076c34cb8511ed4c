using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>What the others wait for: a resource that is healthy, one that has completed, or one that never will.</summary>
internal sealed class ResourceState(IResource resource, bool isOneShot)
{
    private readonly TaskCompletionSource healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Dictionary<int, ChildProcess> children = [];
    private int healthyReplicas;
    private int failed;
    private bool stopped;

    public IResource Resource { get; } = resource;

    /// <summary>Somebody waits for it to end, so it is not started again when it does.</summary>
    public bool IsOneShot { get; } = isOneShot;

    public int Replicas { get; } = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    public INativeRunner? Runner { get; } = resource.Annotations.OfType<NativeRunnerAnnotation>().SingleOrDefault()?.Runner;

    public IReadOnlyList<WaitAnnotation> Waits { get; } = [.. resource.Annotations.OfType<WaitAnnotation>()];

    public Task Healthy => healthy.Task;

    public Task Completed => completed.Task;

    public void ReplicaHealthy()
    {
        if (Interlocked.Increment(ref healthyReplicas) >= Replicas)
        {
            healthy.TrySetResult();
        }
    }

    public void Complete()
    {
        completed.TrySetResult();
        healthy.TrySetResult();
    }

    /// <summary>False when it has failed already. Those who wait for it are told by the host, not by an exception each.</summary>
    public bool TryFail() => Interlocked.Exchange(ref failed, 1) == 0;

    /// <summary>A child that starts while the stop is under way is stopped at once.</summary>
    public void Track(int replica, ChildProcess child)
    {
        lock (gate)
        {
            children[replica] = child;
            if (stopped)
            {
                child.Stop();
            }
        }
    }

    public void Forget(int replica)
    {
        lock (gate)
        {
            children.Remove(replica);
        }
    }

    public async Task StopAsync()
    {
        ChildProcess[] running;
        lock (gate)
        {
            stopped = true;
            running = [.. children.Values];
        }

        foreach (var child in running)
        {
            child.Stop();
        }

        await Task.WhenAll(running.Select(child => child.Exited));
    }
}
