using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents;

/// <summary>
/// Tells what becomes of one document, by asking for it again and again. The Api's events tell of every document, and what
/// happens to a small one between asking for it and listening is over before it is heard.
/// </summary>
internal sealed class DocumentWatch(AiAppClient api, TimeProvider clock, Guid id, Func<DocumentDto, Task> changed) : IAsyncDisposable
{
    // What happens is shown within two seconds.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(15);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private Task running = Task.CompletedTask;

    public void Start() => running = WatchAsync();

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
    }

    private async Task WatchAsync()
    {
        var pause = Interval;
        while (!gone.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            try
            {
                await changed(await api.GetDocumentAsync(id, gone.Token));
                pause = Interval;
            }
            catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
            {
                return;
            }
            catch (Exception exception) when (Problems.From(exception) is { } problem)
            {
                if (problem.Code == ProblemCodes.NotFound)
                {
                    return;
                }
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestInterval.Ticks));
            }
        }
    }
}
