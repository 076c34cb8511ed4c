using System.Runtime.CompilerServices;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>
/// Reads an answer wherever it is written: in this process, through Redis in another, or in its record. Every reading ends with the whole answer
/// or with an error.
/// </summary>
public sealed class TurnReader
{
    // How often the record is looked at while Redis has nothing new.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TurnRunner _runner;
    private readonly TurnStore _store;
    private readonly TurnLog _log;
    private readonly TimeSpan _poll;
    private readonly TimeProvider _clock;

    internal TurnReader(TurnRunner runner, TurnStore store, TurnLog log, IOptions<ConversationsOptions> options, TimeProvider clock) =>
        (_runner, _store, _log, _poll, _clock) = (runner, store, log, TimeSpan.FromMilliseconds(options.Value.PollMs), clock);

    /// <summary>The events after the given number; <paramref name="turn"/> is what the record says now.</summary>
    public async IAsyncEnumerable<TurnEvent> ReadAsync(
        Owner owner, Turn turn, long after, TurnWords words, [EnumeratorCancellation] CancellationToken ct)
    {
        if (_runner.Find(TurnKey.Of(owner.Tenant, turn)) is { } live)
        {
            Count("live");
            await foreach (var one in live.ReadAsync(after, ct))
            {
                yield return one;
            }
            yield break;
        }
        Count(turn.State == TurnState.Streaming ? "elsewhere" : "record");
        await foreach (var one in ReadElsewhereAsync(owner, turn, after, words, ct))
        {
            yield return one;
        }
    }

    private async IAsyncEnumerable<TurnEvent> ReadElsewhereAsync(
        Owner owner, Turn? turn, long after, TurnWords words, [EnumeratorCancellation] CancellationToken ct)
    {
        var key = TurnKey.Of(owner.Tenant, turn!);
        var looked = _clock.GetTimestamp();
        while (turn is { State: TurnState.Streaming })
        {
            if (await _log.ReadAsync(key, after, ct) is { Count: > 0 } events)
            {
                foreach (var one in events)
                {
                    yield return one;
                    after = one.Id;
                    if (one.IsLast)
                    {
                        yield break;
                    }
                }
                continue;
            }
            await Task.Delay(_poll, _clock, ct);
            if (_clock.GetElapsedTime(looked) >= LookEvery)
            {
                turn = await _store.FindAsync(owner, key.Conversation, key.Turn, ct);
                looked = _clock.GetTimestamp();
            }
        }
        foreach (var line in await words.Write(EndOf(turn), ct))
        {
            yield return new(0, line.Name, line.Json, IsLast: false);
        }
    }

    // A turn whose conversation was deleted meanwhile reads as stopped.
    private static TurnStep EndOf(Turn? turn) => turn switch
    {
        { State: TurnState.Complete, Answer: { } answer } => new TurnStep.Progressed(new AnswerProgress.Completed(answer)),
        { State: TurnState.Complete } => new TurnStep.Withheld(),
        { State: TurnState.Failed } => new TurnStep.Failed(turn.ErrorCode ?? TurnCodes.Interrupted, null),
        _ => new TurnStep.Stopped(),
    };

    private static void Count(string how) => RagTelemetry.TurnReadings.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Result, how));
}
