using System.Text;
using System.Text.Json;
using AiApp.Api.Problems;
using AiApp.Contracts;

namespace AiApp.Api.Http;

/// <summary>
/// Server-sent events, flushed one by one. A failure before the first one is an ordinary problem response; a later one
/// becomes the event <c>error</c>. The caller's leaving cancels the source, as does the host's stopping when the stream would
/// never end by itself.
/// </summary>
internal sealed class EventStreamResult(Func<CancellationToken, IAsyncEnumerable<ServerEvent>> source, bool endless = false) : IResult
{
    public const string MediaType = "text/event-stream";
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, endless ? stopping : CancellationToken.None);
        var events = source(stop.Token).GetAsyncEnumerator(stop.Token);
        var next = Task.FromResult(false);
        try
        {
            if (endless)
            {
                await WriteAsync(httpContext, ": open\n\n");
            }
            for (next = events.MoveNextAsync().AsTask(); await PingUntilAsync(next, httpContext); next = events.MoveNextAsync().AsTask())
            {
                await WriteAsync(httpContext, events.Current);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception failure) when (httpContext.Response.HasStarted)
        {
            await EndAsync(httpContext, failure);
        }
        finally
        {
            // An enumerator must not be disposed while it runs.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync();
        }
    }

    // Proxies and browsers drop a connection that is silent for long.
    private static async Task<bool> PingUntilAsync(Task<bool> next, HttpContext context)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        while (!next.IsCompleted)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var first = await Task.WhenAny(next, Task.Delay(PingEvery, clock, pause.Token));
            await pause.CancelAsync();
            if (first != next && !context.RequestAborted.IsCancellationRequested)
            {
                await WriteAsync(context, ": ping\n\n");
            }
            else if (first != next)
            {
                break;
            }
        }
        return await next;
    }

    private static async Task EndAsync(HttpContext context, Exception failure)
    {
        var problem = ProblemMapping.Map(failure, context.RequestAborted);
        if (problem.Kind == ProblemCatalogue.Canceled)
        {
            return; // A write failed because the caller left.
        }
        context.RequestServices.GetRequiredService<ILogger<EventStreamResult>>().Failed(problem, failure);
        await WriteAsync(context, new ServerEvent(AnswerEventNames.Error, problem.ToDto(context)));
    }

    private static Task WriteAsync(HttpContext context, ServerEvent item) =>
        WriteAsync(context, (item.Id is { } id ? $"id: {id}\n" : "") + $"event: {item.Name}\ndata: {Json(item.Data)}\n\n");

    public static string Json(object data) => data is JsonText text ? text.Json : JsonSerializer.Serialize(data, data.GetType(), JsonSerializerOptions.Web);

    private static async Task WriteAsync(HttpContext context, string frame)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = MediaType;
            context.Response.Headers.CacheControl = "no-cache,no-store";
            context.Response.Headers.ContentEncoding = "identity";
            context.Response.Headers["X-Accel-Buffering"] = "no";
        }
        await context.Response.WriteAsync(frame, Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
