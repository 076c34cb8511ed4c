using System.Runtime.CompilerServices;
using AiApp.Contracts;

namespace AiApp.Cli.Research;

/// <summary>The events of a run to its end, however often the connection breaks: the run goes on without us.</summary>
internal sealed class RunReader(AiAppClient client)
{
    // Longer than the lease of a run whose Api has died.
    private const int MostTries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public AiAppClient Client => client;

    /// <summary>Null until the Api has told it.</summary>
    public Guid? Run { get; private set; }

    public async IAsyncEnumerable<AgentEvent> ReadAsync(AgentRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var events = Run is { } known ? client.WatchAgentRunAsync(known, ct) : client.RunAgentStreamingAsync(request, ct);
            await using var reading = events.GetAsyncEnumerator(ct);
            while (await MoveAsync(reading, ct))
            {
                tries = 0;
                if (reading.Current is AgentRunEvent { Run.Id: var id })
                {
                    Run = id;
                }
                yield return reading.Current;
                if (reading.Current is AgentDoneEvent or AgentErrorEvent)
                {
                    yield break;
                }
            }
            if (Run is null)
            {
                // Nobody knows whether it was begun: it is not begun twice.
                yield break;
            }
            await Task.Delay(Pause, TimeProvider.System, ct);
        }
    }

    /// <summary>False at the end, and where a run that is known can be read no further just now.</summary>
    private async Task<bool> MoveAsync(IAsyncEnumerator<AgentEvent> reading, CancellationToken ct)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (Exception broken) when (Run is not null && !ct.IsCancellationRequested && broken is (HttpRequestException or IOException or AiAppException { Problem.Retryable: true }))
        {
            return false;
        }
    }
}
