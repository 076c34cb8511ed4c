using System.Threading.Channels;

namespace AiApp.Ingestor;

/// <summary>Wakes whoever waits for work. Several calls before somebody waits are one.</summary>
internal sealed class WorkSignal(TimeProvider clock)
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Until it is called, and no longer than this.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken ct)
    {
        using var bounded = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, bounded.Token);
        try
        {
            await _calls.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Time to look without having been called.
        }
    }
}
