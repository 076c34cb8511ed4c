using Microsoft.JSInterop;

namespace AiApp.Web.Components.Controls;

/// <summary>
/// The script of a part of a page: what its <c>attach</c> returns, until <see cref="DisposeAsync"/> calls that one's <c>detach</c>. A
/// reader who leaves while it is being fetched has done nothing wrong.
/// </summary>
internal sealed class PageModule(IJSRuntime browser, string path) : IAsyncDisposable
{
    // Never disposed: a call that is ending still looks at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private IJSObjectReference? script;
    private IJSObjectReference? view;

    /// <summary>Null when the page has gone meanwhile.</summary>
    public async Task<IJSObjectReference?> AttachAsync(params object?[] arguments)
    {
        try
        {
            script = await browser.InvokeAsync<IJSObjectReference>("import", gone.Token, path);
            return view = await script.InvokeAsync<IJSObjectReference>("attach", gone.Token, arguments);
        }
        catch (Exception exception) when (gone.IsCancellationRequested && IsOfTheEnd(exception))
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        try
        {
            if (view is not null)
            {
                await view.InvokeVoidAsync("detach");
                await view.DisposeAsync();
            }
            if (script is not null)
            {
                await script.DisposeAsync();
            }
        }
        catch (Exception exception) when (IsOfTheEnd(exception))
        {
            // The browser has already let go of them.
        }
    }

    /// <summary>What a call of a page that has gone can end with.</summary>
    public static bool IsOfTheEnd(Exception exception) =>
        exception is JSDisconnectedException or JSException or OperationCanceledException or ObjectDisposedException;
}
