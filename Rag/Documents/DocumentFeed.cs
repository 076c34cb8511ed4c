using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AiApp.Rag.Access;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Documents;

/// <summary>Document changes for any number of watchers over one LISTEN connection; a poll finds what a notification missed.</summary>
internal sealed partial class DocumentFeed(NpgsqlDataSource database, TimeProvider clock, ILogger<DocumentFeed> logger) : IAsyncDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    // updated_at is the start of its transaction: a change may become visible this much after its instant.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    // Whoever watches has read the list before: what changed since is told, if the watch is not served later than this.
    private static readonly TimeSpan Lookback = TimeSpan.FromSeconds(15);

    // Bulk ingestion makes hundreds of notifications a second: those that come together are read together.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Channel<Guid>, TenantId> _watchers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task? _running;

    public async IAsyncEnumerable<Document> WatchAsync(
        TenantId tenant, PrincipalSet principals, [EnumeratorCancellation] CancellationToken ct)
    {
        var signals = Channel.CreateBounded<Guid>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });
        signals.Writer.TryWrite(Guid.Empty);
        _watchers[signals] = tenant;
        Start();
        try
        {
            var seen = new Dictionary<Guid, DateTimeOffset>();
            DateTimeOffset? since = null;
            while (await signals.Reader.WaitToReadAsync(ct))
            {
                await Task.Delay(Gather, clock, ct);
                List<Document> changed = [];
                try
                {
                    since ??= await ReadClockAsync(ct) - Lookback;
                    changed = await ListAsync(tenant, principals, Drain(signals.Reader), since.Value - Overlap, seen, ct);
                }
                catch (NpgsqlException ex) when (!ct.IsCancellationRequested)
                {
                    ReadFailed(ex.GetType().Name);
                }

                foreach (var document in changed)
                {
                    if (!seen.TryGetValue(document.Id, out var known) || known < document.UpdatedAt)
                    {
                        seen[document.Id] = document.UpdatedAt;
                        since = since > document.UpdatedAt ? since : document.UpdatedAt;
                        yield return document;
                    }
                }

                Forget(seen, since);
            }
        }
        finally
        {
            _watchers.TryRemove(signals, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
        {
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private void Start()
    {
        lock (_starting)
        {
            _running ??= Task.WhenAll(
                new NotificationListener(database, clock, logger).RunAsync(DocumentSql.Listen, Signal, _stop.Token),
                PollAsync(_stop.Token));
        }
    }

    private async Task PollAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(PollEvery, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            Signal(null);
        }
    }

    private void Signal(string? payload)
    {
        var parts = payload?.Split(':');
        foreach (var (signals, tenant) in _watchers)
        {
            if (parts is null)
            {
                signals.Writer.TryWrite(Guid.Empty);
            }
            else if (parts.Length == 2 && int.TryParse(parts[0], out var changed) && changed == tenant.Value && Guid.TryParse(parts[1], out var id))
            {
                signals.Writer.TryWrite(id);
            }
        }
    }

    private static HashSet<Guid> Drain(ChannelReader<Guid> signals)
    {
        var ids = new HashSet<Guid>();
        while (signals.TryRead(out var id))
        {
            ids.Add(id);
        }

        return ids;
    }

    private async Task<List<Document>> ListAsync(
        TenantId tenant, PrincipalSet principals, HashSet<Guid> ids, DateTimeOffset since, Dictionary<Guid, DateTimeOffset> seen, CancellationToken ct)
    {
        if (ids.Remove(Guid.Empty))
        {
            await using var changes = database.ReadAs(tenant, principals).Append(DocumentSql.ListChanged, tenant, principals.ToArray(), since);
            await using var reader = await changes.ExecuteAsCallerAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                var id = reader.GetGuid(0);
                if (!seen.TryGetValue(id, out var known) || known < reader.GetFieldValue<DateTimeOffset>(1))
                {
                    ids.Add(id);
                }
            }
        }

        if (ids.Count == 0)
        {
            return [];
        }

        await using var batch = database.ReadAs(tenant, principals).Append(DocumentSql.FindMany, tenant, principals.ToArray(), ids.ToArray());
        return await DocumentRows.ListAsync(batch, ct);
    }

    private async Task<DateTimeOffset> ReadClockAsync(CancellationToken ct)
    {
        await using var command = database.Statement(DocumentSql.ReadClock);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }

    private static void Forget(Dictionary<Guid, DateTimeOffset> seen, DateTimeOffset? since)
    {
        foreach (var (id, at) in seen)
        {
            if (at < since - Overlap - Overlap)
            {
                seen.Remove(id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Document changes could not be read ({Error}), trying again")]
    private partial void ReadFailed(string error);
}
