using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiApp.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AiApp.Cli.Tests;

/// <summary>The queue of the fake Api: keeps what it was told, and cuts every watcher but the last.</summary>
internal sealed class FakeQueue(ConcurrentQueue<string> calls, Func<IReadOnlyList<QueueDto>> states, JsonSerializerOptions json)
{
    private int _watchers;

    public void Map(WebApplication app)
    {
        app.MapGet("/api/queue", () => Results.Json(states()[0], json));
        app.MapGet("/api/queue/events", (CancellationToken ct) => TypedResults.ServerSentEvents(WatchAsync(ct)));
        app.MapPost("/api/queue/pause", (PauseRequest request) => Answer($"pause {request.Reason}",
            states()[0] with { Paused = new() { Since = DateTimeOffset.UnixEpoch, By = "anna", Reason = request.Reason } }));
        app.MapPost("/api/queue/resume", () => Answer("resume", states()[0]));
        app.MapPost("/api/queue/cancel", (CancelRequest request) => Answer($"cancel {request.Collection}", new CancelledDto { Cancelled = 7 }));
    }

    private IResult Answer<T>(string call, T value)
    {
        calls.Enqueue(call);
        return Results.Json(value, json);
    }

    private async IAsyncEnumerable<SseItem<string>> WatchAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _watchers) - 1;
        yield return new(JsonSerializer.Serialize(states()[Math.Min(number, states().Count - 1)], json), "queue");
        calls.Enqueue($"watch {number}");
        if (number >= states().Count - 1)
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
    }
}
