using System.Collections.Concurrent;
using System.Threading.Channels;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging;

namespace AiApp.Rag.Sources.Folder;

/// <summary>Asks for a run as soon as something changes in a folder. A hint only: what it misses, the next run by the clock finds.</summary>
public sealed partial class FolderWatch
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(2);

    // A program that saves writes several times.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<(TenantId Tenant, Guid Id), FileSystemWatcher> _watchers = new();
    private readonly Channel<(TenantId Tenant, Guid Id)> _changes =
        Channel.CreateBounded<(TenantId, Guid)>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SourceQueue _queue;
    private readonly FolderRoots _roots;
    private readonly TimeProvider _clock;
    private readonly ILogger<FolderWatch> _logger;

    internal FolderWatch(SourceQueue queue, FolderRoots roots, TimeProvider clock, ILogger<FolderWatch> logger) =>
        (_queue, _roots, _clock, _logger) = (queue, roots, clock, logger);

    /// <summary>Ends only by cancellation. <paramref name="hinted"/> is called when a run has been asked for.</summary>
    public async Task RunAsync(Action hinted, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(RefreshAsync(ct), HintAsync(hinted, ct));
        }
        finally
        {
            foreach (var key in _watchers.Keys)
            {
                Stop(key);
            }
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(RefreshEvery, _clock);
        do
        {
            var wanted = (await Outlast.OutagesAsync(() => _queue.ListWatchedAsync(ct), _clock, _logger, ct)).ToDictionary(w => (w.Tenant, w.Id), w => w.Settings);
            foreach (var key in _watchers.Keys.Where(key => !wanted.ContainsKey(key)))
            {
                Stop(key);
            }
            foreach (var (key, settings) in wanted)
            {
                Start(key, settings);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task HintAsync(Action hinted, CancellationToken ct)
    {
        while (await _changes.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Settle, _clock, ct);
            var changed = new HashSet<(TenantId Tenant, Guid Id)>();
            while (_changes.Reader.TryRead(out var one))
            {
                changed.Add(one);
            }
            foreach (var (tenant, id) in changed)
            {
                await Outlast.OutagesAsync(async () => { await _queue.HintAsync(tenant, id, ct); return true; }, _clock, _logger, ct);
            }
            hinted();
        }
    }

    private void Start((TenantId Tenant, Guid Id) key, FolderSettings settings)
    {
        if (_watchers.TryGetValue(key, out var known) && known.Path == TryOpen(settings))
        {
            return;
        }
        Stop(key);
        if (TryOpen(settings) is not { } folder)
        {
            return;
        }
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size;
            watcher.Changed += (_, _) => Changed(key);
            watcher.Created += (_, _) => Changed(key);
            watcher.Deleted += (_, _) => Changed(key);
            watcher.Renamed += (_, _) => Changed(key);
            watcher.Error += (_, _) => Lost(key);
            watcher.EnableRaisingEvents = true;
            _watchers[key] = watcher;
            watcher = null;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            NotWatched(key.Id, failure.GetType().Name);
        }
        finally
        {
            watcher?.Dispose();
        }
    }

    private string? TryOpen(FolderSettings settings)
    {
        try
        {
            return _roots.Open(settings.Path, settings.Local);
        }
        catch (SourceException)
        {
            return null; // Its runs report why.
        }
    }

    private void Changed((TenantId, Guid) key) => _changes.Writer.TryWrite(key);

    // More happened than could be told, or the folder went away: look, and watch anew.
    private void Lost((TenantId, Guid) key)
    {
        Stop(key);
        Changed(key);
    }

    private void Stop((TenantId, Guid) key)
    {
        if (_watchers.TryRemove(key, out var watcher))
        {
            watcher.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of source {SourceId} cannot be watched ({Error}): it is read by its interval only")]
    private partial void NotWatched(Guid sourceId, string error);
}
