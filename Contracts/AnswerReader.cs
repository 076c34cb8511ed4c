using System.Runtime.CompilerServices;

namespace AiApp.Contracts;

/// <summary>
/// The events of a turn to its end, however often the connection breaks: the answer is written without us. They end without an end of the turn
/// where connections that were closed in order never brought it.
/// </summary>
public sealed class AnswerReader(AiAppClient client, TimeProvider clock)
{
    // Longer than the lease of an answer whose Api has died: then there is an end to read.
    private const int MostTries = 20;

    // Before it is known to be taken down, whoever asked sees nothing of it.
    private const int MostSendings = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
        for (var tries = 0; ; tries++)
        {
            var events = request is null ? client.ReadTurnAsync(conversation, turn, last, ct) : client.AddTurnStreamingAsync(conversation, request, ct);
            await using (var reading = events.GetAsyncEnumerator(ct))
            {
                while (await MoveAsync(reading, tries + 1 < Most(request), isSent: request is not null, ct))
                {
                    // Whatever comes is of a turn that is taken down.
                    (tries, request, last) = (0, null, reading.Current.Id ?? last);
                    yield return reading.Current;
                    if (reading.Current.Event is DoneEvent or ErrorEvent)
                    {
                        yield break;
                    }
                }
            }
            if (tries + 1 >= Most(request))
            {
                yield break;
            }
            await Task.Delay(Pause, clock, ct);
        }
    }

    private static int Most(TurnRequest? request) => request is null ? MostTries : MostSendings;

    /// <summary>False at the end, and where it can be read no further just now. A question that is refused was not taken down.</summary>
    private static async Task<bool> MoveAsync(IAsyncEnumerator<NumberedEvent> reading, bool isPatient, bool isSent, CancellationToken ct)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (Exception failure) when (isPatient && !ct.IsCancellationRequested && PassingFailure.Is(failure) && !(isSent && failure is AiAppException))
        {
            return false;
        }
    }
}
