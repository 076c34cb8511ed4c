using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AiApp.Web.Components.Controls;

/// <summary>The focus for what a reply has brought, unless whoever waited for it has gone on elsewhere meanwhile (wwwroot/focus.js).</summary>
internal static class Focusing
{
    public static async Task OfferFocusAsync(this IJSRuntime browser, ElementReference element, CancellationToken ct = default)
    {
        try
        {
            await using var script = await browser.InvokeAsync<IJSObjectReference>("import", ct, "./focus.js");
            await script.InvokeVoidAsync("offerFocus", ct, element);
        }
        catch (Exception exception) when (PageModule.IsOfTheEnd(exception))
        {
            // The circuit or the page ended while it was still being served.
        }
    }
}
