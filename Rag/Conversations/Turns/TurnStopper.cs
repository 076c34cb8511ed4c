using AiApp.Rag.Access;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>Stops an answer: at once where it is written here, with the next heartbeat where another process writes it.</summary>
public sealed class TurnStopper(TurnRunner runner, TurnStore store, TimeProvider clock)
{
    // Longer than a heartbeat; then the caller is told how it stands.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The turn as it is then; null when there is none.</summary>
    public async Task<Turn?> StopAsync(Owner owner, Guid conversation, Guid turn, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var found = await store.FindAsync(owner, conversation, turn, ct);
        if (found is not { State: TurnState.Streaming })
        {
            return found;
        }
        if (runner.Find(TurnKey.Of(owner.Tenant, found)) is { } live)
        {
            await live.EndAsync(TurnEnd.Stopped);
            await ((Task)live.Ended.WaitAsync(Patience, clock, ct)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            return await store.FindAsync(owner, conversation, turn, ct);
        }
        await store.AskToStopAsync(owner, found, ct);
        Turn? now;
        while ((now = await store.FindAsync(owner, conversation, turn, ct)) is { State: TurnState.Streaming } && clock.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Pause, clock, ct);
        }
        return now;
    }
}
