using Microsoft.JSInterop;

namespace AiApp.Web.Components.Pages.Ask;

/// <summary>The .NET side of AskPage.razor.js. A page whose browser has gone is not an error.</summary>
internal sealed class AskScript : IAsyncDisposable
{
    private readonly DotNetObjectReference<AskPage> page;
    private readonly IJSObjectReference module;
    private readonly IJSObjectReference view;

    private AskScript(DotNetObjectReference<AskPage> page, IJSObjectReference module, IJSObjectReference view)
    {
        this.page = page;
        this.module = module;
        this.view = view;
    }

    public static async Task<AskScript> AttachAsync(IJSRuntime browser, AskPage ask, bool isNewVisit, CancellationToken ct)
    {
        var imported = await browser.InvokeAsync<IJSObjectReference>("import", ct, "./Components/Pages/Ask/AskPage.razor.js");
        var reference = DotNetObjectReference.Create(ask);
        return new AskScript(reference, imported, await imported.InvokeAsync<IJSObjectReference>("attach", ct, reference, isNewVisit));
    }

    public ValueTask QuestionAskedAsync(string question) => CallAsync("questionAsked", question);

    /// <summary>It is kept elsewhere, and no draft any more.</summary>
    public ValueTask QuestionTakenAsync(string question) => CallAsync("questionTaken", question);

    public ValueTask QuestionAnsweredAsync() => CallAsync("questionAnswered");

    /// <summary>A reload or a second tab finds the conversation by it.</summary>
    public ValueTask TellAddressAsync(string address) => CallAsync("tellAddress", address);

    public ValueTask ShowEvidenceAsync() => CallAsync("showEvidence");

    public ValueTask EvidenceClosedAsync() => CallAsync("evidenceClosed");

    public ValueTask FocusQuestionAsync() => CallAsync("focusQuestion");

    public async ValueTask DisposeAsync()
    {
        await CallAsync("detach");
        try
        {
            await view.DisposeAsync();
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has already let go of them.
        }
        page.Dispose();
    }

    private async ValueTask CallAsync(string name, params object?[] arguments)
    {
        try
        {
            await view.InvokeVoidAsync(name, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // The circuit or the page ended while it was still being served.
        }
    }
}
