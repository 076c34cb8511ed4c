using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Operations;

/// <summary>How the service does, read again and again while the range that is looked at goes on.</summary>
internal sealed class OperationsFeed(AiAppClient api, TimeProvider clock, Func<Task> changed) : IAsyncDisposable
{
    // Budgets and breakers change by the second, charts of a month do not.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongRange = TimeSpan.FromDays(2);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private Task running = Task.CompletedTask;
    private Func<ViewedRange> range = null!;
    private int reading;

    public OperationsDto? Summary { get; private set; }
    public IReadOnlyList<BudgetDto> Budgets { get; private set; } = [];
    public CacheReportDto? Cache { get; private set; }

    /// <summary>What the charts were drawn for; null until the first reading.</summary>
    public ViewedRange? Range { get; private set; }
    public DateTimeOffset ReadAt { get; private set; }
    public ProblemDto? Problem { get; private set; }

    public void Start(Func<ViewedRange> viewed)
    {
        range = viewed;
        running = WatchAsync();
    }

    public async Task LoadAsync()
    {
        var turn = ++reading;
        var viewed = range();
        try
        {
            var summary = await api.GetOperationsAsync(viewed.From, viewed.To, gone.Token);
            var budgets = await api.ListBudgetsAsync(gone.Token);
            var cache = await api.GetCacheReportAsync(viewed.From, viewed.To, gone.Token);
            if (turn == reading)
            {
                (Summary, Budgets, Cache, Range, ReadAt, Problem) = (summary, budgets.Budgets, cache, viewed, clock.GetUtcNow(), null);
            }
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            return;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            if (turn == reading)
            {
                Problem = problem;
            }
        }
        await changed();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
    }

    private async Task WatchAsync()
    {
        while (!gone.IsCancellationRequested)
        {
            await LoadAsync();
            try
            {
                do
                {
                    await Task.Delay(range() is { } viewed && viewed.To - viewed.From > LongRange ? LongInterval : Interval, clock, gone.Token);
                }
                while (!range().EndsNow && Problem is null);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
