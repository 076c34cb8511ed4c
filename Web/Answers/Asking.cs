using AiApp.Contracts;
using Microsoft.Extensions.Options;

namespace AiApp.Web.Answers;

/// <summary>
/// Asks the Api and keeps the questions of this visit. One question runs at a time; changes are announced at most once per
/// render interval, because a model streams faster than a page needs to be drawn.
/// </summary>
internal sealed class Asking(AiAppClient api, IOptions<AskOptions> options, TimeProvider clock, ILogger<Asking> logger) : IDisposable
{
    private readonly List<Exchange> exchanges = [];
    private CancellationTokenSource? running;

    public IReadOnlyList<Exchange> Exchanges => exchanges;
    public Exchange? Current { get; private set; }

    /// <summary>Called whenever there is something new to draw. Belongs to the page that is open; an answer goes on without one.</summary>
    public Func<Task>? Changed { get; set; }

    /// <summary>Runs one question to its end, whatever that is.</summary>
    public async Task AskAsync(string question, bool fresh = false)
    {
        if (Current is not null)
        {
            throw new InvalidOperationException("A question is already being answered.");
        }
        var exchange = new Exchange(exchanges.Count + 1, question, fresh);
        exchanges.Add(exchange);
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
            running = null;
            Current = null;
            await stop.CancelAsync();
            await drawing;
        }
        await DrawAsync();
    }

    /// <summary>Takes a failed or stopped question out of the thread, so that it can be asked again in its place.</summary>
    public void Remove(Exchange exchange) => exchanges.Remove(exchange);

    public void Stop() => running?.Cancel();

    public void Dispose() => running?.Cancel();

    private async Task StreamAsync(Exchange exchange, CancellationToken ct)
    {
        try
        {
            await foreach (var answerEvent in api.AskStreamingAsync(new AskRequest { Question = exchange.Question, Fresh = exchange.IsFresh }, ct))
            {
                exchange.Apply(answerEvent);
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
}
