using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Research;

/// <summary>Follows a run until it is over, however often the connection breaks.</summary>
internal sealed class ResearchFeed(AiAppClient api, Guid id, TimeProvider clock, Func<Task> changed) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private Task running = Task.CompletedTask;
    private Task ticking = Task.CompletedTask;

    public Guid Id => id;
    public ResearchRun Told { get; } = new();

    /// <summary>Why it cannot be shown.</summary>
    public ProblemDto? Problem { get; private set; }

    public void Start()
    {
        Problem = null;
        running = WatchAsync();
        ticking = TickAsync();
    }

    public Task DecideAsync(AgentApprovalDto asked, bool approve) =>
        CallAsync(async () => Told.Decided(
            asked.Step, await api.DecideAgentCallAsync(id, new() { Step = asked.Step, Approve = approve, Hash = asked.Hash }, gone.Token)));

    public Task StopAsync() => CallAsync(async () => Told.Apply(new AgentRunEvent(await api.StopAgentRunAsync(id, gone.Token))));

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
        await ticking;
    }

    private async Task CallAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            // The page is gone.
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var one in new AgentRunReader(api, clock).FollowAsync(id, gone.Token))
            {
                Told.Apply(one);
                await changed();
            }
            if (!Told.IsOver)
            {
                Problem = Problems.Interrupted();
                await changed();
            }
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            // The page is gone.
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            Problem = problem;
            await changed();
        }
    }

    /// <summary>The time of a step under way goes on without events.</summary>
    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (!Told.IsOver && Problem is null && await timer.WaitForNextTickAsync(gone.Token))
            {
                if (Told.Steps.Any(step => step.State == AgentStepStates.Running))
                {
                    await changed();
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page is gone.
        }
    }
}
