using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents;

/// <summary>
/// Tells what becomes of one document, by the Api's events. After every connection it is read again: what happened meanwhile
/// was not heard.
/// </summary>
internal sealed class DocumentWatch(AiAppClient api, TimeProvider clock, Guid id, Func<DocumentDto, Task> changed) : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

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
        for (var delay = FirstDelay; !gone.IsCancellationRequested; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks)))
        {
            try
            {
                await changed(await api.GetDocumentAsync(id, gone.Token));
                await foreach (var document in api.WatchDocumentsAsync(gone.Token))
                {
                    if (document.Id == id)
                    {
                        delay = FirstDelay;
                        await changed(document);
                    }
                }
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
            }
            await Task.Delay(delay, clock, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
