using AiApp.Rag.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace AiApp.Rag.Caching;

/// <summary>
/// Redis within a bounded time. Whatever is wrong with it, the caller goes on without; after three failures in a row it is left alone
/// for a while, and then tried by one caller at a time.
/// </summary>
internal sealed class RedisPatience(RedisConnection redis, IOptions<CacheOptions> options, TimeProvider clock)
{
    private const int FailuresToBreak = 3;
    private const double Late = 1.5;

    private readonly Lock _gate = new();
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(options.Value.BreakSeconds);
    private int _failures;
    private DateTimeOffset _closedUntil;

    public bool IsConfigured => redis.IsConfigured;

    /// <summary>False when it failed, took too long, or was not tried.</summary>
    public async Task<(bool Succeeded, T? Value)> TryAsync<T>(Func<IDatabase, Task<T>> work, CancellationToken ct)
    {
        if (!MayTry())
        {
            return (false, default);
        }
        var patience = TimeSpan.FromMilliseconds(options.Value.TimeoutMs);
        var began = clock.GetTimestamp();
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct);
        bound.CancelAfter(patience);
        try
        {
            if (await redis.FindAsync(bound.Token) is { } database)
            {
                var value = await Observed(work(database)).WaitAsync(bound.Token);
                Note(failed: false);
                return (true, value);
            }
            Note(failed: true);
        }
        // Wrong types, a full memory, a lost connection, an answer that is none: all are the absence of a cache.
        catch (Exception failure) when (failure is RedisException or TimeoutException or ObjectDisposedException)
        {
            // An answer of the server, whatever it says, shows that it is there.
            Note(failed: failure is not RedisServerException);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Told far too late that time is up: this process is too busy to hear anybody in time, and that says nothing about Redis.
            if (clock.GetElapsedTime(began) < patience * Late)
            {
                Note(failed: true);
            }
        }
        return (false, default);
    }

    private bool MayTry()
    {
        lock (_gate)
        {
            if (_failures < FailuresToBreak)
            {
                return true;
            }
            var now = clock.GetUtcNow();
            if (now < _closedUntil)
            {
                return false;
            }
            _closedUntil = now + _pause;
            return true;
        }
    }

    private void Note(bool failed)
    {
        lock (_gate)
        {
            _failures = failed ? _failures + 1 : 0;
            if (_failures == FailuresToBreak)
            {
                _closedUntil = clock.GetUtcNow() + _pause;
            }
        }
    }

    /// <summary>What is waited for no longer may still fail: nobody else would look.</summary>
    private static Task<T> Observed<T>(Task<T> work)
    {
        _ = work.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return work;
    }
}
