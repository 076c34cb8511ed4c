using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AiApp.Rag.Access;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Jobs;

/// <summary>The queue as it changes, looked at once a second: for all watchers who see the same, together.</summary>
public sealed partial class QueueFeed(QueueStore store, TimeProvider clock, ILogger<QueueFeed> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A look that is younger than this is as good as another.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(800);

    private readonly ConcurrentDictionary<(TenantId Tenant, string Principals), (long At, Task<QueueSummary> Summary)> _looks = new();

    /// <summary>The present state at once, then every change; ends only by cancellation.</summary>
    public async IAsyncEnumerable<QueueSummary> WatchAsync(
        TenantId tenant, PrincipalSet principals, [EnumeratorCancellation] CancellationToken ct)
    {
        QueueSummary? shown = null;
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            if (await LookAsync(tenant, principals, ct) is { } summary && summary != shown)
            {
                shown = summary;
                yield return summary;
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<QueueSummary?> LookAsync(TenantId tenant, PrincipalSet principals, CancellationToken ct)
    {
        var key = (tenant, string.Join('\n', principals.Names));
        try
        {
            if (!_looks.TryGetValue(key, out var look) || clock.GetElapsedTime(look.At) > Fresh)
            {
                // Not by one watcher's token: another may be waiting for the same look.
                look = _looks[key] = (clock.GetTimestamp(), store.SummarizeAsync(tenant, principals, CancellationToken.None));
                Forget();
            }

            return await look.Summary.WaitAsync(ct);
        }
        catch (NpgsqlException failure) when (!ct.IsCancellationRequested)
        {
            LookFailed(failure.GetType().Name);
            return null;
        }
    }

    private void Forget()
    {
        foreach (var (key, look) in _looks)
        {
            if (clock.GetElapsedTime(look.At) > 10 * Period)
            {
                _looks.TryRemove(key, out _);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be looked at ({Error}), trying again")]
    private partial void LookFailed(string error);
}
