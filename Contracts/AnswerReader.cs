using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>
/// The events of a turn to its end, however often the connection breaks: the answer is written without us. They end without an end of the turn
/// where connections that were closed in order never brought it.
/// </summary>
public sealed class AnswerReader(AiAppClient client, TimeProvider clock)
{
    // Longer than the lease of an answer whose Api has died: then there is an end to read.
    private const int MostConnections = 20;

    // Before it is known to be taken down, whoever asked sees nothing of it.
    private const int MostSendings = 3;

    /// <summary>
    /// Asks, and reads on once the Api has taken the question down. When nobody knows whether it has, the question is sent again under its id, by which
    /// it is not asked twice.
    /// </summary>
    public IAsyncEnumerable<NumberedEvent> AskAsync(Guid conversation, TurnRequest request, CancellationToken ct) =>
        ReadAsync(conversation, request.Id ?? throw new ArgumentException("The turn needs an id to be read on by.", nameof(request)), request, ct);

    /// <summary>Throws what a connection that breaks throws, once it has broken too often or when it says that there is no more to come.</summary>
    public IAsyncEnumerable<NumberedEvent> FollowAsync(Guid conversation, Guid turn, CancellationToken ct) => ReadAsync(conversation, turn, null, ct);

    private async IAsyncEnumerable<NumberedEvent> ReadAsync(
        Guid conversation, Guid turn, TurnRequest? request, [EnumeratorCancellation] CancellationToken ct)
    {
        string? last = null;
        await foreach (var one in PatientReading.ReadAsync(Connect, one => one.Event is DoneEvent or ErrorEvent, GoesOn, clock, ct))
        {
            // Whatever comes is of a turn that is taken down.
            (request, last) = (null, one.Id ?? last);
            yield return one;
        }

        IAsyncEnumerable<NumberedEvent> Connect() =>
            request is null ? client.ReadTurnAsync(conversation, turn, last, ct) : client.AddTurnStreamingAsync(conversation, request, ct);

        // A question that is refused was not taken down.
        bool GoesOn(int connections, Exception? failure) =>
            request is null ? connections < MostConnections : connections < MostSendings && failure is not AiAppException;
    }
}
