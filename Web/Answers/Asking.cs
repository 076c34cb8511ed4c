using AiApp.Contracts;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Answers;

/// <summary>
/// The conversation of a tab. One question runs at a time; changes are announced at most once per render interval, because a model streams
/// faster than a page needs to be drawn. An answer goes on in the Api whether or not it is read here.
/// </summary>
internal sealed class Asking(AiAppClient api, IOptions<AskOptions> options, TimeProvider clock, ILogger<Asking> logger) : IDisposable
{
    // A question that is on its way may come after its stop.
    private const int StopTries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private TurnTree tree = new();
    private CancellationTokenSource? running;
    private int choices;

    public IReadOnlyList<Exchange> Exchanges => tree.Path;
    public Exchange? Current { get; private set; }

    /// <summary>Null before the first question.</summary>
    public Guid? ConversationId { get; private set; }

    /// <summary>Called whenever there is something new to draw. Belongs to the page that is open; an answer goes on without one.</summary>
    public Func<Task>? Changed { get; set; }

    /// <summary>Runs one question to its end, whatever that is.</summary>
    public Task AskAsync(string question, bool fresh = false, Exchange? editOf = null)
    {
        if (Current is not null)
        {
            throw new InvalidOperationException("A question is already being answered.");
        }
        // What the Api is not known to have taken down has no other wording.
        return RunAsync(editOf is { IsRecorded: false } lost ? tree.Replace(lost, question, fresh) : tree.Add(question, fresh, editOf));
    }

    /// <summary>
    /// Shows a conversation as it is kept, and reads on where an answer is still being written. False, with nothing changed, when something else was
    /// chosen meanwhile.
    /// </summary>
    /// <exception cref="AiAppException">It is not there, or not this caller's.</exception>
    public async Task<bool> OpenAsync(Guid conversation, CancellationToken ct)
    {
        var choice = ++choices;
        ConversationDto kept;
        try
        {
            kept = await api.GetConversationAsync(conversation, ct);
        }
        catch (Exception late) when (choice != choices && (Problems.IsEndOf(late, ct) || Problems.From(late) is not null))
        {
            return false;
        }
        if (choice != choices)
        {
            return false;
        }
        Leave();
        ConversationId = conversation;
        tree.Load(kept.Turns);
        if (tree.Path is [.., { State: ExchangeState.Streaming } last])
        {
            // Beside the page: it must stay free to take a stop.
            _ = RunAsync(last);
        }
        return true;
    }

    /// <summary>What is shown is what is wanted: an opening under way comes too late.</summary>
    public void Stay() => choices++;

    /// <summary>The next question begins a conversation. An answer under way goes on unread.</summary>
    public void Leave()
    {
        Stay();
        running?.Cancel();
        running = null;
        Current = null;
        ConversationId = null;
        tree = new();
    }

    public (int Number, int Count) Place(Exchange exchange) => tree.Place(exchange);

    public void Step(Exchange exchange, int step)
    {
        if (Current is null)
        {
            tree.Step(exchange, step);
        }
    }

    /// <summary>At once for whoever reads; the Api is told to write no more.</summary>
    public void Stop()
    {
        var (exchange, conversation) = (Current, ConversationId);
        running?.Cancel();
        if (exchange is not null && conversation is { } known)
        {
            _ = TellStopAsync(known, exchange);
        }
    }

    public void Dispose() => running?.Cancel();

    private async Task RunAsync(Exchange exchange)
    {
        Current = exchange;
        using var stop = new CancellationTokenSource();
        running = stop;
        await DrawAsync();
        var drawing = KeepDrawingAsync(exchange, stop.Token);
        try
        {
            await StreamAsync(exchange, stop.Token);
        }
        finally
        {
            // Unless somebody has left for another conversation meanwhile.
            if (Current == exchange)
            {
                running = null;
                Current = null;
            }
            await stop.CancelAsync();
            await drawing;
        }
        await DrawAsync();
    }

    private async Task StreamAsync(Exchange exchange, CancellationToken ct)
    {
        try
        {
            var conversation = ConversationId ?? (await api.CreateConversationAsync(new(), ct)).Id;
            // Somebody may have left for another one while this one was made.
            ct.ThrowIfCancellationRequested();
            ConversationId = conversation;
            await foreach (var one in Read(conversation, exchange, ct))
            {
                exchange.Apply(one.Event);
            }
            if (exchange.State == ExchangeState.Streaming)
            {
                exchange.Fail(Problems.Interrupted());
            }
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, ct))
        {
            // However the connection reports its end, the reader asked for it.
            exchange.Stop();
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // Nobody waits for this task: what is not told here is told nowhere.
            var problem = Problems.From(exception) ?? new ProblemDto { Code = ProblemCodes.Internal };
            logger.AskFailed(problem.Code, problem.TraceId, exception);
            exchange.Fail(problem);
        }
    }

    private IAsyncEnumerable<NumberedEvent> Read(Guid conversation, Exchange exchange, CancellationToken ct) => exchange.IsRecorded
        ? new AnswerReader(api, clock).FollowAsync(conversation, exchange.TurnId, ct)
        : new AnswerReader(api, clock).AskAsync(conversation, new()
        {
            Id = exchange.TurnId,
            Question = exchange.Question,
            Parent = exchange.EditOf is null ? exchange.ParentId : null,
            EditOf = exchange.EditOf,
            Fresh = exchange.IsFresh,
        }, ct);

    private async Task TellStopAsync(Guid conversation, Exchange exchange)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await api.StopTurnAsync(conversation, exchange.TurnId);
                return;
            }
            catch (AiAppException absent) when (absent.Problem.Code == ProblemCodes.NotFound && !exchange.IsRecorded)
            {
                if (tries == StopTries)
                {
                    return; // It never arrived.
                }
            }
            catch (Exception exception) when (Problems.From(exception) is { } problem)
            {
                // The answer goes on unread; a reload shows it.
                logger.StopFailed(problem.Code, exception);
                return;
            }
            await Task.Delay(Pause, clock);
        }
    }

    private Task DrawAsync() => Changed?.Invoke() ?? Task.CompletedTask;

    private async Task KeepDrawingAsync(Exchange exchange, CancellationToken ct)
    {
        var drawn = -1;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.Value.RenderIntervalMs), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (exchange.Revision != drawn)
                {
                    drawn = exchange.Revision;
                    await DrawAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has ended; the last state is drawn by the one who asked.
        }
    }
}

internal static partial class AskingLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A question could not be answered: {Code}, trace {TraceId}")]
    public static partial void AskFailed(this ILogger logger, string? code, string? traceId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Api could not be told to stop an answer: {Code}")]
    public static partial void StopFailed(this ILogger logger, string? code, Exception exception);
}
