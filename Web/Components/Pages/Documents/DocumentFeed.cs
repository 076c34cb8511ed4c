using AiApp.Contracts;
using AiApp.Web.Answers;

namespace AiApp.Web.Components.Pages.Documents;

/// <summary>
/// The documents as the Api knows them, kept up to date by its events. After every reconnection the list is read again:
/// what happened meanwhile was not heard.
/// </summary>
internal sealed class DocumentFeed(AiAppClient api, TimeProvider clock, Func<Task> changed) : IAsyncDisposable
{
    private const int PageSize = 100;
    private static readonly TimeSpan DrawInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    // Never disposed: calls that are ending still look at it, and it holds nothing.
    private readonly CancellationTokenSource gone = new();
    private readonly Dictionary<Guid, DocumentDto> documents = [];
    private readonly List<Guid> order = [];
    private readonly HashSet<Guid> removed = [];
    private Task running = Task.CompletedTask;
    private bool dirty;
    private bool summaryDirty;

    public DocumentSummaryDto? Summary { get; private set; }

    /// <summary>Why the list is not shown; null when it is.</summary>
    public ProblemDto? Problem { get; private set; }

    /// <summary>False while the events have stopped and are being taken up again.</summary>
    public bool IsLive { get; private set; }
    public bool IsLoaded { get; private set; }
    public bool IsLoadingMore { get; private set; }
    public bool HasMore => Next is not null;
    public string? Status { get; private set; }

    private string? Next { get; set; }

    public IEnumerable<DocumentDto> Items => order.Select(id => documents[id]).Where(document => Status is null || document.Status == Status);

    public void Start(string? status)
    {
        Status = status;
        running = Task.WhenAll(WatchAsync(), DrawAsync());
    }

    public async Task FilterAsync(string? status)
    {
        Status = status;
        IsLoaded = false;
        await LoadAsync();
    }

    public async Task LoadAsync()
    {
        await TryAsync(async () =>
        {
            var status = Status;
            Summary = await api.GetDocumentSummaryAsync(gone.Token);
            var page = await api.ListDocumentsAsync(limit: PageSize, status: status, ct: gone.Token);
            if (status != Status)
            {
                return; // another filter was chosen meanwhile; its own load follows
            }
            var before = documents.ToDictionary();
            documents.Clear();
            order.Clear();
            Append(page);
            foreach (var known in before.Values.Where(known => documents.ContainsKey(known.Id)))
            {
                Put(known);
            }
            IsLoaded = true;
        });
    }

    public async Task LoadMoreAsync()
    {
        IsLoadingMore = true;
        await TryAsync(async () => Append(await api.ListDocumentsAsync(Next, PageSize, Status, gone.Token)));
        IsLoadingMore = false;
    }

    /// <summary>Takes what is newer than what is known: replies and events overtake each other.</summary>
    public void Put(DocumentDto document)
    {
        if (removed.Contains(document.Id))
        {
            return;
        }
        dirty = summaryDirty = true;
        if (!documents.TryGetValue(document.Id, out var known))
        {
            if (HasMore && order.Count > 0 && document.UpdatedAt < documents[order[^1]].UpdatedAt)
            {
                return; // one of those that are shown when more are asked for
            }
            order.Insert(0, document.Id);
        }
        else if (known.UpdatedAt > document.UpdatedAt)
        {
            return;
        }
        documents[document.Id] = document;
    }

    public void Remove(Guid id)
    {
        removed.Add(id);
        documents.Remove(id);
        order.Remove(id);
        dirty = summaryDirty = true;
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await running;
    }

    private async Task WatchAsync()
    {
        var delay = FirstDelay;
        while (!gone.IsCancellationRequested)
        {
            await LoadAsync();
            var started = clock.GetTimestamp();
            try
            {
                if (Problem is null)
                {
                    IsLive = true;
                    await foreach (var document in api.WatchDocumentsAsync(gone.Token))
                    {
                        Put(document);
                    }
                }
            }
            catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
            {
                return;
            }
            catch (Exception exception) when (Problems.From(exception) is not null)
            {
                // Said on the page by IsLive; the list itself is still right.
            }
            IsLive = false;
            dirty = true;
            delay = clock.GetElapsedTime(started) > LongestDelay ? FirstDelay : TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
            await Task.Delay(delay, clock, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task DrawAsync()
    {
        using var timer = new PeriodicTimer(DrawInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token))
            {
                if (!dirty)
                {
                    continue;
                }
                dirty = false;
                if (summaryDirty)
                {
                    summaryDirty = false;
                    await TryAsync(async () => Summary = await api.GetDocumentSummaryAsync(gone.Token));
                }
                await changed();
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private void Append(PageDto<DocumentDto> page)
    {
        foreach (var document in page.Items)
        {
            if (!removed.Contains(document.Id) && documents.TryAdd(document.Id, document))
            {
                order.Add(document.Id);
            }
        }
        Next = page.Next;
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            Problem = null;
        }
        catch (Exception exception) when (Problems.IsEndOf(exception, gone.Token))
        {
            return;
        }
        catch (Exception exception) when (Problems.From(exception) is { } problem)
        {
            Problem = problem;
        }
        dirty = true;
    }
}
