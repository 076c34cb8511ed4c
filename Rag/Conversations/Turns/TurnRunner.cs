using System.Collections.Concurrent;
using AiApp.Rag.Access;
using AiApp.Rag.Answering;
using AiApp.Rag.Conversations.FollowUps;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>
/// Writes the answers of turns, whether or not anybody reads them: a reader that goes away does not end one. Time, number and the end of the
/// process do, and each end is recorded.
/// </summary>
public sealed class TurnRunner
{
    private static readonly TimeSpan RecordTimeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<TurnKey, LiveTurn> _live = [];
    private readonly TurnStore _store;
    private readonly AnswerPipeline _pipeline;
    private readonly QuestionRewriter _rewriter;
    private readonly TurnPump _pump;
    private readonly ConversationsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<TurnRunner> _logger;
    private volatile bool _isDraining;

    internal TurnRunner(
        TurnStore store, AnswerPipeline pipeline, QuestionRewriter rewriter, TurnPump pump, IOptions<ConversationsOptions> options, TimeProvider clock,
        ILogger<TurnRunner> logger) =>
        (_store, _pipeline, _rewriter, _pump, _options, _clock, _logger) = (store, pipeline, rewriter, pump, options.Value, clock, logger);

    /// <summary>The answer that this process writes; null when it does not.</summary>
    internal LiveTurn? Find(TurnKey turn) => _live.GetValueOrDefault(turn);

    /// <summary>Records the question and begins to answer it.</summary>
    public async Task<TurnStart> StartAsync(Owner owner, NewTurn turn, TurnWords words, CancellationToken ct)
    {
        if (_isDraining || _live.Count >= _options.MaxAnswers)
        {
            return new TurnStart.Refused();
        }
        if (await _store.BeginAsync(owner, turn, ct) is not var (begun, collection))
        {
            return await _store.FindAsync(owner, turn.ConversationId, turn.Id, ct) is { } known ? new TurnStart.Known(known) : new TurnStart.Absent();
        }
        var live = new LiveTurn(begun);
        _live[TurnKey.Of(owner.Tenant, begun)] = live;
        RagTelemetry.LiveTurns.Add(1);
        // From here on it does not depend on whoever asked.
        _ = Task.Run(() => RunAsync(new(owner, begun, collection, turn.IsFresh, words), live), CancellationToken.None);
        return new TurnStart.Started(live);
    }

    /// <summary>Begins nothing more, waits for what is being written, and interrupts what is not ready in time.</summary>
    internal async Task DrainAsync(CancellationToken ct)
    {
        _isDraining = true;
        if (await EndedWithinAsync(TimeSpan.FromSeconds(_options.DrainSeconds), ct))
        {
            return;
        }
        _logger.Interrupting(_live.Count);
        await Task.WhenAll(_live.Values.Select(live => live.EndAsync(TurnEnd.Interrupted)));
        await EndedWithinAsync(RecordTimeout, CancellationToken.None);
    }

    private async Task<bool> EndedWithinAsync(TimeSpan time, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(_live.Values.Select(live => live.Ended)).WaitAsync(time, _clock, ct);
            return true;
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RunAsync(TurnTask task, LiveTurn live)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_options.MaxSeconds), _clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(live.Stopping, late.Token);
        using var done = new CancellationTokenSource();
        var beating = BeatAsync(task, live, done.Token);
        var pumping = _pump.RunAsync(task.Owner.Tenant, live);
        TurnStep end;
        try
        {
            end = await AnswerAsync(task, live, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = live.WantedEnd switch
            {
                TurnEnd.Stopped or TurnEnd.Gone => new TurnStep.Stopped(),
                TurnEnd.Interrupted => new TurnStep.Failed(TurnCodes.Interrupted, null),
                null => new TurnStep.Failed(TurnCodes.TooLong, null),
            };
        }
#pragma warning disable CA1031 // recorded and told to every reader; nobody waits for this task
        catch (Exception failure)
        {
            end = new TurnStep.Failed(task.Words.CodeOf(failure), failure);
        }
#pragma warning restore CA1031
        await done.CancelAsync();
        await beating;
        await EndAsync(task, live, end);
        await pumping;
        _live.TryRemove(TurnKey.Of(task.Owner.Tenant, task.Turn), out _);
        RagTelemetry.LiveTurns.Add(-1);
        live.SetEnded();
    }

    private async Task<TurnStep> AnswerAsync(TurnTask task, LiveTurn live, CancellationToken ct)
    {
        live.Append(await task.Words.Write(new TurnStep.Begun(task.Turn), ct));
        var path = await _store.ReadPathAsync(task.Owner, task.Turn, ct);
        var understood = await _rewriter.RewriteAsync(task.Owner, task.Turn, path, ct);
        await _store.UnderstandAsync(task.Owner, task.Turn, understood.Question, understood.By, understood.Memory, ct);
        if (understood.By is { } by)
        {
            live.Append(await task.Words.Write(new TurnStep.Understood(understood.Question, by), ct));
        }
        await foreach (var progress in _pipeline.AnswerAsync(task.ToQuestion(understood.Question), ct))
        {
            var step = new TurnStep.Progressed(progress);
            if (progress is AnswerProgress.Completed)
            {
                return step;
            }
            live.Append(await task.Words.Write(step, ct));
        }
        throw new InvalidOperationException("The pipeline ended without an answer.");
    }

    /// <summary>First the record, then the last event: whoever has seen it finds the turn ended.</summary>
    private async Task EndAsync(TurnTask task, LiveTurn live, TurnStep end)
    {
        var (state, code) = end switch
        {
            TurnStep.Progressed => (TurnState.Complete, null),
            TurnStep.Stopped => (TurnState.Stopped, null),
            TurnStep.Failed failed => (TurnState.Failed, (string?)failed.Code),
            _ => throw new InvalidOperationException("A turn does not end like this."),
        };
        RagTelemetry.Turns.Add(1, new KeyValuePair<string, object?>(RagTelemetry.Outcome, code ?? TurnCodes.Word(state)));
        if (end is TurnStep.Failed { Reason: { } reason })
        {
            _logger.TurnFailed(code!, reason);
        }
        using var bounded = new CancellationTokenSource(RecordTimeout, _clock);
        try
        {
            await _store.EndAsync(task.Owner, task.Turn, state, code, bounded.Token);
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException)
        {
            // The lease runs out, and the answer's own record says whether it is whole.
            _logger.EndNotRecorded(failure);
        }
        IReadOnlyList<TurnLine> lines;
        try
        {
            lines = await task.Words.Write(end, bounded.Token);
        }
        catch (OperationCanceledException)
        {
            lines = await task.Words.Write(new TurnStep.Failed(TurnCodes.Interrupted, null), CancellationToken.None);
        }
        live.Append(lines, isLast: true);
    }

    private async Task BeatAsync(TurnTask task, LiveTurn live, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_options.HeartbeatMs), _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    switch (await _store.BeatAsync(task.Owner, task.Turn, ct))
                    {
                        case true:
                            await live.EndAsync(TurnEnd.Stopped);
                            break;
                        case null:
                            await live.EndAsync(TurnEnd.Gone);
                            break;
                    }
                }
                catch (NpgsqlException)
                {
                    // An outage that is shorter than the lease does no harm.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has ended.
        }
    }

    private sealed record TurnTask(Owner Owner, Turn Turn, string? Collection, bool IsFresh, TurnWords Words)
    {
        public Question ToQuestion(string standalone) => new()
        {
            Tenant = Owner.Tenant,
            Principals = Owner.Principals,
            Text = standalone,
            Collection = Collection,
            AskedBy = Owner.User,
            ApiKey = Owner.ApiKey,
            IsFresh = IsFresh,
            AnswerId = Turn.AnswerId,
        };
    }
}

/// <summary>What came of wanting to ask.</summary>
public abstract record TurnStart
{
    private TurnStart()
    {
    }

    public sealed record Started(LiveTurn Live) : TurnStart;

    /// <summary>The same turn was begun before.</summary>
    public sealed record Known(Turn Turn) : TurnStart;

    /// <summary>The conversation, or the turn it is said to follow, is not there.</summary>
    public sealed record Absent : TurnStart;

    /// <summary>This process writes as much as it may, or is about to end.</summary>
    public sealed record Refused : TurnStart;
}

/// <summary>Codes of ends that no exception has.</summary>
public static class TurnCodes
{
    public const string Interrupted = "stream_interrupted";
    public const string TooLong = "provider_timeout";

    internal static string Word(TurnState state) => state == TurnState.Complete ? "complete" : "stopped";
}
