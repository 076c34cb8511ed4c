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

    /// <summary>Runs one question to its end; <paramref name="changed"/> is called whenever there is something new to draw.</summary>
    public async Task<Exchange> AskAsync(string question, Func<Task> changed)
    {
        if (Current is not null)
        {
            throw new InvalidOperationException("A question is already being answered.");
        }
        var exchange = new Exchange(exchanges.Count + 1, question);
        exchanges.Add(exchange);
        Current = exchange;
        using var stop = new CancellationTokenSource();
        running = stop;
        var drawing = DrawAsync(exchange, changed, stop.Token);
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
        await changed();
        return exchange;
    }

    /// <summary>Takes a failed or stopped question out of the thread, so that it can be asked again in its place.</summary>
    public void Remove(Exchange exchange) => exchanges.Remove(exchange);

    public void Stop() => running?.Cancel();

    public void Dispose() => running?.Cancel();

    private async Task StreamAsync(Exchange exchange, CancellationToken ct)
    {
        try
        {
            await foreach (var answerEvent in api.AskStreamingAsync(new AskRequest { Question = exchange.Question }, ct))
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
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            logger.AskFailed(problem.Code, problem.TraceId, exception);
            exchange.Fail(problem);
        }
    }

    private async Task DrawAsync(Exchange exchange, Func<Task> changed, CancellationToken ct)
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
                    await changed();
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
