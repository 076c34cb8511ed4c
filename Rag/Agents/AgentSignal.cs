using System.Collections.Concurrent;

namespace AiApp.Rag.Agents;

/// <summary>What parts of one process tell each other at once; other processes find out by looking.</summary>
internal sealed class AgentSignal : IDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _changes = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _held = new();
    private readonly SemaphoreSlim _work = new(0);

    /// <summary>Ends with the next change of the run.</summary>
    public Task ChangeOf(Guid run) => _changes.GetOrAdd(run, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(Guid run)
    {
        if (_changes.TryRemove(run, out var change))
        {
            change.TrySetResult();
        }
    }

    /// <summary>There is a run to take up.</summary>
    public void Work() => _work.Release();

    /// <summary>Until there is work, or has been none for so long.</summary>
    public Task WaitForWorkAsync(TimeSpan most, CancellationToken ct) => _work.WaitAsync(most, ct);

    public void Hold(Guid run, CancellationTokenSource work) => _held[run] = work;

    public void LetGo(Guid run) => _held.TryRemove(run, out _);

    /// <summary>Ends the work on a run where this process has it.</summary>
    public void Stop(Guid run)
    {
        if (_held.TryRemove(run, out var work))
        {
            work.Cancel();
        }
        Changed(run);
    }

    public void Dispose() => _work.Dispose();
}
