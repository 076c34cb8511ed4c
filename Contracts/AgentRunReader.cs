using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>
/// The events of a run to its end, however often the connection breaks: the run goes on without us. They end without an end of the run where
/// connections that were closed in order never brought it.
/// </summary>
public sealed class AgentRunReader(AiAppClient client, TimeProvider clock)
{
    // Longer than the lease of a run whose Api has died.
    private const int MostConnections = 41;

    /// <summary>Null until the Api has told it.</summary>
    public Guid? Run { get; private set; }

    /// <summary>Begins a run. When nobody knows whether it was begun, it is not begun twice: the failure is thrown.</summary>
    public IAsyncEnumerable<AgentEvent> BeginAsync(AgentRequest request, CancellationToken ct)
    {
        Run = null;
        return ReadAsync(request, ct);
    }

    /// <summary>Throws what a connection that breaks throws, once it has broken too often or when it says that there is no more to come.</summary>
    public IAsyncEnumerable<AgentEvent> FollowAsync(Guid run, CancellationToken ct)
    {
        Run = run;
        return ReadAsync(null, ct);
    }

    private async IAsyncEnumerable<AgentEvent> ReadAsync(AgentRequest? request, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var one in PatientReading.ReadAsync(
            () => Run is { } run ? client.WatchAgentRunAsync(run, ct) : client.RunAgentStreamingAsync(request!, ct),
            one => one is AgentDoneEvent or AgentErrorEvent, (connections, _) => Run is not null && connections < MostConnections, clock, ct))
        {
            if (one is AgentRunEvent { Run.Id: var id })
            {
                Run = id;
            }
            yield return one;
        }
    }
}
