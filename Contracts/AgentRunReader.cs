using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>
/// The events of a run to its end, however often the connection breaks: the run goes on without us. They end without an end of the run where
/// connections that were closed in order never brought it.
/// </summary>
public sealed class AgentRunReader(AiAppClient client, TimeProvider clock)
{
    // Longer than the lease of a run whose Api has died.
    private const int MostTries = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Null until the Api has told it.</summary>
    public Guid? Run { get; private set; }

    /// <summary>Begins a run. When nobody knows whether it was begun, it is not begun twice: the failure is thrown.</summary>
    public IAsyncEnumerable<AgentEvent> BeginAsync(AgentRequest request, CancellationToken ct) => ReadAsync(client.RunAgentStreamingAsync(request, ct), ct);

    /// <summary>Throws what a connection that breaks throws, once it has broken too often or when it says that there is no more to come.</summary>
    public IAsyncEnumerable<AgentEvent> FollowAsync(Guid run, CancellationToken ct)
    {
        Run = run;
        return ReadAsync(client.WatchAgentRunAsync(run, ct), ct);
    }

    private async IAsyncEnumerable<AgentEvent> ReadAsync(IAsyncEnumerable<AgentEvent> events, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await using (var reading = events.GetAsyncEnumerator(ct))
            {
                while (await MoveAsync(reading, tries < MostTries, ct))
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
            }
            if (Run is not { } run || tries >= MostTries)
            {
                yield break;
            }
            await Task.Delay(Pause, clock, ct);
            events = client.WatchAgentRunAsync(run, ct);
        }
    }

    /// <summary>False at the end, and where a run that is known can be read no further just now.</summary>
    private async Task<bool> MoveAsync(IAsyncEnumerator<AgentEvent> reading, bool isPatient, CancellationToken ct)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (Exception failure) when (isPatient && Run is not null && !ct.IsCancellationRequested && PassingFailure.Is(failure))
        {
            return false;
        }
    }
}
