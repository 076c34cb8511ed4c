using AiApp.Contracts;
using AiApp.Web.Answers;
using AiApp.Web.Components.Controls;
using AiApp.Web.Components.Evidence;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AiApp.Web.Components.Pages.Research;

public sealed partial class ResearchPage
{
    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private ResearchFeed? feed;
    private ResearchRun? told;
    private PageModule? module;
    private IJSObjectReference? script;
    private DotNetObjectReference<ResearchPage>? self;
    private EvidenceTarget? evidence;
    private ProblemDto? stopProblem;
    private string? againProblem;
    private string announcement = "";
    private (string? State, string? Asked) drawn;
    private bool stopping;
    private bool isBegunAgain;

    [Inject] private AiAppClient Api { get; set; } = null!;
    [Inject] private IJSRuntime Browser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Parameter] public Guid Id { get; set; }

    [JSInvokable]
    public async Task CloseAsync()
    {
        evidence = null;
        announcement = "Source closed";
        StateHasChanged();
        await CallAsync("closed");
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        if (feed is not null)
        {
            await feed.DisposeAsync();
        }
        if (module is not null)
        {
            await module.DisposeAsync();
        }
        self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        await FollowAsync();
        self = DotNetObjectReference.Create(this);
        module = new PageModule(Browser, "./Components/Pages/Research/ResearchPage.razor.js");
        script = await module.AttachAsync(self);
        if (evidence is not null)
        {
            await CallAsync("show");
        }
    }

    protected override Task OnParametersSetAsync() => feed is not null && feed.Id != Id ? FollowAsync() : Task.CompletedTask;

    private async Task FollowAsync()
    {
        var before = feed;
        feed = new ResearchFeed(Api, Id, Clock, () => InvokeAsync(Draw));
        (told, evidence, stopping, stopProblem, isBegunAgain, againProblem, drawn) = (feed.Told, null, false, null, false, null, default);
        feed.Start();
        if (before is not null)
        {
            await before.DisposeAsync();
        }
    }

    private void Draw()
    {
        var now = (told!.Run?.State, told.Approval?.Hash);
        if (now != drawn)
        {
            announcement = Announce(told) ?? announcement;
            drawn = now;
        }
        StateHasChanged();
    }

    private async Task DecideAsync(AgentApprovalDto asked, bool approve)
    {
        await feed!.DecideAsync(asked, approve);
        // The stream may have told of what came of it before this reply.
        if (told is { Approval: null, Run.State: AgentStates.Running or AgentStates.WaitingApproval })
        {
            announcement = approve ? "Approved. Research goes on" : "Denied. Research goes on without it";
            drawn = (told.Run.State, null);
        }
        StateHasChanged();
        await CallAsync("focusTitle");
    }

    private async Task StopAsync()
    {
        (stopping, stopProblem) = (true, null);
        try
        {
            await feed!.StopAsync();
            Draw();
            await CallAsync("focusTitle");
        }
        catch (Exception exception) when (Problems.From(exception) is { } found)
        {
            stopProblem = found;
        }
        stopping = false;
    }

    private async Task AgainAsync()
    {
        if (isBegunAgain)
        {
            return;
        }
        isBegunAgain = true;
        try
        {
            (var run, againProblem) = await Researching.BeginAsync(Api, told!.Run!.Question, gone.Token);
            if (run is not null)
            {
                // From here on it is the page of that run.
                Navigation.NavigateTo($"/research/{run}");
                return;
            }
            isBegunAgain = false;
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            // The page is gone.
        }
    }

    private void Say(string words) => announcement = words;

    private void OpenEvidence(EvidenceTarget target) => evidence = target;

    private Task EvidenceShownAsync(bool placed)
    {
        announcement = placed ? $"Showing {evidence?.Title}, passage highlighted" : $"Showing {evidence?.Title}";
        return CallAsync("show");
    }

    private async Task CallAsync(string name)
    {
        try
        {
            await (script?.InvokeVoidAsync(name) ?? ValueTask.CompletedTask);
        }
        catch (Exception exception) when (PageModule.IsOfTheEnd(exception))
        {
            // The circuit or the page ended while it was still being served.
        }
    }

    private static ProblemDto Failed(AgentRunDto run) => new() { Code = run.FailureCode ?? ProblemCodes.Internal, Retryable = true };

    private static string? Announce(ResearchRun told) => told switch
    {
        { Approval: { } asked } => $"A call of {asked.Tool} waits for your decision",
        { Run.State: AgentStates.Stopped } => "Research stopped",
        { Run.State: AgentStates.Failed } => "Research failed. " + Problems.Sentence(told.Failure ?? Failed(told.Run)),
        { Exchange.IsInsufficient: true } => "Research finished. Your documents do not contain the answer",
        { Exchange: { } exchange } => $"Research finished, {AnswerText.Count(exchange.Citations.Count, "source")}",
        { Run.State: AgentStates.Running } => "Research is under way",
        _ => null,
    };
}
