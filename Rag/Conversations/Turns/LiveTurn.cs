using System.Runtime.CompilerServices;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>An answer that this process writes: its events so far, and whoever reads them. It goes on when nobody does.</summary>
#pragma warning disable CA1001 // a stop may come while the answer ends, and the source of the token holds no handle
public sealed class LiveTurn
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly List<TurnEvent> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isLast;

    internal LiveTurn(Turn turn) => Turn = turn;

    public Turn Turn { get; }

    /// <summary>Completes when the last event is there and the record says how the turn ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it is to end before its end; null while it is not.</summary>
    internal TurnEnd? WantedEnd { get; private set; }

    internal CancellationToken Stopping => _stop.Token;

    /// <summary>All events after the given number, those to come included, up to the last.</summary>
    public async IAsyncEnumerable<TurnEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in ReadBatchesAsync(after, ct))
        {
            foreach (var one in batch)
            {
                yield return one;
            }
        }
    }

    /// <summary>The same, as many at a time as there are.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<TurnEvent>> ReadBatchesAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var (batch, isLast, news) = Take(after);
            if (batch.Count > 0)
            {
                after = batch[^1].Id;
                yield return batch;
            }
            if (isLast)
            {
                yield break;
            }
            await news.WaitAsync(ct);
        }
    }

    /// <summary>The first reason counts.</summary>
    internal async Task EndAsync(TurnEnd why)
    {
        lock (_gate)
        {
            WantedEnd ??= why;
        }
        await _stop.CancelAsync();
    }

    internal void Append(IReadOnlyList<TurnLine> lines, bool isLast = false)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            for (var i = 0; i < lines.Count; i++)
            {
                _events.Add(new(_events.Count + 1, lines[i].Name, lines[i].Json, isLast && i == lines.Count - 1));
            }
            _isLast |= isLast;
            (told, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        told.SetResult();
    }

    internal void SetEnded() => _ended.TrySetResult();

    private (IReadOnlyList<TurnEvent> Batch, bool IsLast, Task News) Take(long after)
    {
        lock (_gate)
        {
            return (after >= _events.Count ? [] : _events.GetRange((int)after, _events.Count - (int)after), _isLast, _news.Task);
        }
    }
}

/// <summary>Why an answer is ended from outside.</summary>
internal enum TurnEnd { Stopped, Interrupted, Gone }
