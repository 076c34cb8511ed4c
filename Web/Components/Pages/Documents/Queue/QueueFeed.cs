using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents.Queue;

/// <summary>The queue as the Api tells it. Every connection begins with the present state, so that a lost one loses nothing.</summary>
internal sealed class QueueFeed(AiAppClient api, TimeProvider clock, Func<Task> changed) : IAsyncDisposable
{
    // Ages are words of minutes and seconds: they are drawn anew while nothing happens, most of all then.
    private static readonly TimeSpan AgeInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private Task running = Task.CompletedTask;

    public QueueDto? Queue { get; private set; }

    /// <summary>Said to those who do not see the page; null until something changed that matters.</summary>
    public string? Announcement { get; private set; }

    /// <summary>False while the events have stopped and are being taken up again.</summary>
    public bool IsLive { get; private set; }

    public void Start() => running = Task.WhenAll(WatchAsync(), AgeAsync());

    public async Task PutAsync(QueueDto queue)
    {
        Announcement = QueueWords.Announcement(Queue, queue) ?? Announcement;
        Queue = queue;
        await changed();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
    }

    private async Task WatchAsync()
    {
        var delay = FirstDelay;
        while (!gone.IsCancellationRequested)
        {
            try
            {
                await foreach (var queue in api.WatchQueueAsync(gone.Token))
                {
                    (IsLive, delay) = (true, FirstDelay);
                    await PutAsync(queue);
                }
            }
            catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
            {
                return;
            }
            catch (Exception exception) when (Problems.From(exception) is not null)
            {
                // Said on the page by IsLive.
            }
            IsLive = false;
            await changed();
            await Task.Delay(delay, clock, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }
    }

    private async Task AgeAsync()
    {
        using var timer = new PeriodicTimer(AgeInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token))
            {
                if (Queue is { OldestQueuedAt: not null } or { NextRetryAt: not null })
                {
                    await changed();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
