using AiApp.Contracts;
using AiApp.Web.Answers;
using AiApp.Web.Components.Controls;
using AiApp.Web.Components.Evidence;
using AiApp.Web.Components.Pages.Research;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace AiApp.Web.Components.Pages.Ask;

public sealed partial class AskPage
{
    private static readonly TimeSpan SummaryInterval = TimeSpan.FromSeconds(3);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private AskScript? script;
    private DocumentSummaryDto? summary;
    private ProblemDto? summaryProblem;
    private EvidenceTarget? evidence;
    private ConversationList? list;
    private ProblemDto? openProblem;
    private Guid? told;
    private string announcement = "";
    private bool wasBusy;
    private bool isResearchBegun;

    [Inject] private Asking Asking { get; set; } = null!;
    [Inject] private AiAppClient Api { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IOptions<AskOptions> Options { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>Which conversation is wanted; that of this tab when there is none.</summary>
    [Parameter] public Guid? ConversationId { get; set; }

    private bool IsOpening => ConversationId is { } wanted && wanted != Asking.ConversationId && openProblem is null;

    private bool IsNew => Asking.Exchanges.Count == 0 && !IsOpening && openProblem is null;

    private bool IsBusy => Asking.Current is not null;

    /// <summary>Asks a question. What is in the way of it, in words; null when nothing is.</summary>
    [JSInvokable]
    public async Task<string?> SendAsync(string question)
    {
        if (IsOpening)
        {
            return "Wait until the conversation is open.";
        }
        await StartAsync(question);
        return null;
    }

    /// <summary>Begins a run of the agent and goes to its page. What is in the way of it, in words; null when nothing is.</summary>
    [JSInvokable]
    public async Task<string?> ResearchAsync(string question)
    {
        // What is sent twice is begun once.
        if (isResearchBegun)
        {
            return null;
        }
        isResearchBegun = true;
        try
        {
            var (run, inTheWay) = await Researching.BeginAsync(Api, question, gone.Token);
            if (run is not null)
            {
                await script!.QuestionTakenAsync(question);
                Navigation.NavigateTo($"/research/{run}");
            }
            return inTheWay;
        }
        finally
        {
            isResearchBegun = false;
        }
    }

    [JSInvokable]
    public void Stop() => Asking.Stop();

    [JSInvokable]
    public Task CloseAsync() => CloseEvidenceAsync();

    public async ValueTask DisposeAsync()
    {
        // An answer under way goes on: whoever comes back finds it.
        Asking.Changed = null;
        await gone.CancelAsync();
        if (script is not null)
        {
            await script.DisposeAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        Asking.Changed = () => InvokeAsync(DrawAsync);
        // What happened since the page was drawn was told to nobody.
        StateHasChanged();
        await OpenAsync();
        wasBusy = IsBusy;
        try
        {
            script = await AskScript.AttachAsync(Browser, this, isNewVisit: Asking.Exchanges.Count == 0, gone.Token);
        }
        catch (Exception exception) when (gone.IsCancellationRequested && PageModule.IsOfTheEnd(exception))
        {
            return;
        }
        if (!IsBusy)
        {
            await script.QuestionAnsweredAsync();
        }
        if (evidence is not null)
        {
            await script.ShowEvidenceAsync();
        }
        await TellAddressAsync();
        await list!.LoadAsync(gone.Token);
        await LoadSummaryAsync();
        await FollowSummaryAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        // The first time is after the page has come alive: before, it is drawn twice.
        if (script is not null)
        {
            await OpenAsync();
            await TellAddressAsync();
        }
    }

    /// <summary>Shows the conversation of the address; nothing to do where it is shown already, or none is wanted.</summary>
    private async Task OpenAsync()
    {
        openProblem = null;
        if (ConversationId is not { } wanted || wanted == Asking.ConversationId)
        {
            Asking.Stay();
            return;
        }
        try
        {
            evidence = null;
            if (!await Asking.OpenAsync(wanted, gone.Token))
            {
                return;
            }
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            return;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            openProblem = problem;
        }
        StateHasChanged();
    }

    // Not by navigating: that would take the focus from whoever types the next question.
    private async Task TellAddressAsync()
    {
        if (script is not null && openProblem is null && !IsOpening)
        {
            told = Asking.ConversationId;
            await script.TellAddressAsync(Asking.ConversationId is { } id ? $"/c/{id}" : "/");
        }
    }

    private async Task BeginNew()
    {
        Asking.Leave();
        (ConversationId, openProblem, evidence, wasBusy) = (null, null, null, false);
        announcement = "New conversation";
        await TellAddressAsync();
    }

    private void Renamed(ConversationDto conversation) => announcement = $"Renamed to {conversation.Title}";

    private async Task DeletedAsync(ConversationDto conversation)
    {
        if (conversation.Id == Asking.ConversationId || conversation.Id == ConversationId)
        {
            await BeginNew();
        }
        announcement = $"{conversation.Title} is deleted";
        // The button that had the focus is gone with its row.
        await (script?.FocusQuestionAsync() ?? ValueTask.CompletedTask);
    }

    private void Step((Exchange Exchange, int Step) wanted)
    {
        Asking.Step(wanted.Exchange, wanted.Step);
        var shown = Asking.Exchanges.FirstOrDefault(exchange => exchange.ParentId == wanted.Exchange.ParentId);
        announcement = shown is null ? "" : $"Wording {Asking.Place(shown).Number} of {Asking.Place(shown).Count}";
    }

    private Task EditAsync((Exchange Exchange, string Wording) edit) => BeginAsync(edit.Wording, fresh: false, edit.Exchange);

    private Task StartAsync(string question) => BeginAsync(question, fresh: false);

    private Task BeginAsync(string question, bool fresh, Exchange? editOf = null)
    {
        question = question.Trim();
        if (question.Length == 0 || question.Length > Options.Value.MaxQuestionLength || IsBusy || IsOpening)
        {
            return Task.CompletedTask;
        }
        if (openProblem is not null)
        {
            // The one of the address is not to be had: this begins another.
            Asking.Leave();
            (ConversationId, openProblem) = (null, null);
        }
        // Runs beside the event that started it: the circuit must stay free to take a stop.
        _ = Asking.AskAsync(question, fresh, editOf);
        return Task.CompletedTask;
    }

    private async Task DrawAsync()
    {
        var (started, ended) = (IsBusy && !wasBusy, wasBusy && !IsBusy);
        wasBusy = IsBusy;
        if (started || ended)
        {
            announcement = Announce(Asking.Exchanges[^1]);
        }
        StateHasChanged();
        if (told != Asking.ConversationId)
        {
            await TellAddressAsync();
        }
        if (started && script is not null)
        {
            await script.QuestionAskedAsync(Asking.Current!.Question);
        }
        else if (ended && script is not null)
        {
            await script.QuestionAnsweredAsync();
            await list!.LoadAsync(gone.Token);
        }
    }

    private Task RetryAsync(Exchange exchange) => AskAgainAsync(exchange, exchange.IsFresh);

    private Task AskFreshAsync(Exchange exchange) => AskAgainAsync(exchange, fresh: true);

    private Task AskAgainAsync(Exchange exchange, bool fresh)
    {
        if (IsBusy)
        {
            return Task.CompletedTask;
        }
        return BeginAsync(exchange.Question, fresh, exchange);
    }

    private void Say(string words) => announcement = words;

    private void OpenEvidence(EvidenceTarget target) => evidence = target;

    private async Task EvidenceShownAsync(bool placed)
    {
        announcement = placed ? $"Showing {evidence?.Title}, passage highlighted" : $"Showing {evidence?.Title}";
        await (script?.ShowEvidenceAsync() ?? ValueTask.CompletedTask);
    }

    private async Task CloseEvidenceAsync()
    {
        evidence = null;
        announcement = "Source closed";
        StateHasChanged();
        await (script?.EvidenceClosedAsync() ?? ValueTask.CompletedTask);
    }

    private async Task LoadSummaryAsync()
    {
        try
        {
            summary = await Api.GetDocumentSummaryAsync(gone.Token);
            summaryProblem = null;
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            return;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            summaryProblem = problem;
        }
        StateHasChanged();
    }

    /// <summary>Keeps the counts true while documents are still being read and nothing has been asked.</summary>
    private async Task FollowSummaryAsync()
    {
        using var timer = new PeriodicTimer(SummaryInterval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token))
            {
                var underWay = summary is null || summary.Ready == 0 || summary.Waiting + summary.Working > 0;
                if (underWay && Asking.Exchanges.Count == 0)
                {
                    await LoadSummaryAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private static string Announce(Exchange exchange) => exchange.State switch
    {
        ExchangeState.Stopped => "Answer stopped",
        ExchangeState.Failed => "Answer failed. " + Problems.Sentence(exchange.Problem!),
        ExchangeState.Finished when exchange.IsInsufficient => "Finished. Your documents do not contain the answer",
        ExchangeState.Finished => $"Answer finished, {AnswerText.Count(exchange.Citations.Count, "source")}",
        ExchangeState.Streaming => "Answer started",
        _ => "",
    };
}
