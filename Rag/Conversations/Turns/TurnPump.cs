using AiApp.Rag.Tenants;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>Reads an answer like any other reader, for those who read it in Redis. What fails there is never felt by the answer.</summary>
internal sealed class TurnPump(TurnLog log, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // After the end of the answer; the record says the same.
    private const int LastTries = 4;

    public async Task RunAsync(TenantId tenant, LiveTurn live)
    {
        if (!log.IsConfigured)
        {
            return;
        }
        var turn = TurnKey.Of(tenant, live.Turn);
        var waiting = new List<TurnEvent>();
        await foreach (var batch in live.ReadBatchesAsync(0, CancellationToken.None))
        {
            waiting.AddRange(batch);
            if (await log.PushAsync(turn, waiting, CancellationToken.None))
            {
                waiting.Clear();
            }
        }
        for (var tries = 0; waiting.Count > 0 && tries < LastTries; tries++)
        {
            await Task.Delay(Pause, clock);
            if (await log.PushAsync(turn, waiting, CancellationToken.None))
            {
                waiting.Clear();
            }
        }
    }
}
