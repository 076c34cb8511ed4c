using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Sources;

/// <summary>
/// Sources as the Api knows them, asked for again and again: a run changes its counts every second, and nothing else tells of
/// it. With an id it is one source with its runs.
/// </summary>
internal sealed class SourceFeed(AiAppClient api, TimeProvider clock, Func<Task> changed, Guid? id = null) : IAsyncDisposable
{
    // What happens is shown within two seconds.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(15);
    private const int RunsShown = 20;
    private const int MostRuns = 100;

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private Task running = Task.CompletedTask;
    private int reading;
    private int put;

    public IReadOnlyList<SourceDto> Sources { get; private set; } = [];

    /// <summary>Of the one source; newest first.</summary>
    public IReadOnlyList<SourceRunDto> Runs { get; private set; } = [];
    public bool ShowsAllRuns { get; private set; }
    public bool IsLoaded { get; private set; }

    /// <summary>False while the last reading failed; what is shown may be a little old.</summary>
    public bool IsLive { get; private set; } = true;

    /// <summary>Why nothing is shown, or why the one source is gone.</summary>
    public ProblemDto? Problem { get; private set; }

    /// <summary>Said to those who do not see the page; null until something happened that matters.</summary>
    public string? Announcement { get; private set; }

    /// <summary>How many announcements there were: two may have the same words.</summary>
    public int Told { get; private set; }

    public bool HasMoreRuns => !ShowsAllRuns && Runs.Count >= RunsShown;

    public void Start() => running = WatchAsync();

    /// <summary>Reads at once, after somebody did something.</summary>
    public async Task LoadAsync()
    {
        var turn = ++reading;
        try
        {
            // The runs first: what they show as ended, the source knows too, and nobody is told of it again by the next reading.
            var runs = id is { } source ? (await api.ListSourceRunsAsync(source, ShowsAllRuns ? MostRuns : RunsShown, gone.Token)).Items : [];
            IReadOnlyList<SourceDto> sources = id is { } one ? [await api.GetSourceAsync(one, gone.Token)] : await api.ListSourcesAsync(gone.Token);
            // One that was begun later may have come first.
            if (turn > put)
            {
                put = turn;
                Put(sources, runs);
            }
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            return;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            IsLive = false;
            Problem = IsLoaded && problem.Code != ProblemCodes.NotFound ? null : problem;
        }
        await changed();
    }

    public Task ShowAllRunsAsync()
    {
        ShowsAllRuns = true;
        return LoadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
    }

    private void Put(IReadOnlyList<SourceDto> sources, IReadOnlyList<SourceRunDto> runs)
    {
        foreach (var source in sources)
        {
            if (SourceWords.Announcement(Sources.FirstOrDefault(known => known.Id == source.Id), source) is { } announcement)
            {
                (Announcement, Told) = (announcement, Told + 1);
            }
        }
        (Sources, Runs, IsLoaded, IsLive, Problem) = (sources, runs, true, true, null);
    }

    private async Task WatchAsync()
    {
        var pause = Interval;
        while (!gone.IsCancellationRequested)
        {
            await LoadAsync();
            pause = IsLive ? Interval : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestInterval.Ticks));
            await Task.Delay(pause, clock, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
