using System.Collections.Concurrent;
using System.Threading.Channels;
using AiApp.Rag.Ingestion;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>
/// Writes what has gathered while the statement before was under way, all together: one round trip for each call would be the slowest
/// part of a fast one, and the budgets of a tenant are rows that all its calls change.
/// </summary>
internal sealed partial class UsageLedger : IUsageLedger, IAsyncDisposable, IDisposable
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<(Reservation Reservation, TaskCompletionSource<Refusal?> Done)> _reservations = [];
    private readonly Channel<Settlement> _settlements = Channel.CreateUnbounded<Settlement>(new() { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();
    private readonly UsageStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<UsageLedger> _logger;
    private readonly Task _writing;
    private readonly Task _expiring;
    private int _reserving;

    public UsageLedger(UsageStore store, TimeProvider clock, ILogger<UsageLedger> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _writing = SettleAsync();
        _expiring = ExpireAsync();
    }

    /// <summary>Waits for a while where others hold what they may not need: a budget refuses only what it cannot bear.</summary>
    public async Task ReserveAsync(Reservation reservation, CancellationToken ct)
    {
        var start = _clock.GetTimestamp();
        while (await ReserveOnceAsync(reservation, ct) is { } refusal)
        {
            if (refusal.IsSpent || _clock.GetElapsedTime(start) > LongestWait)
            {
                throw new QuotaExceededException(refusal.Scope, refusal.RenewsIn) { IsSpent = refusal.IsSpent };
            }
            await Task.Delay(LookAgain, _clock, ct);
        }
    }

    private async Task<Refusal?> ReserveOnceAsync(Reservation reservation, CancellationToken ct)
    {
        var done = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _reservations.Enqueue((reservation, done));
        if (Interlocked.Exchange(ref _reserving, 1) == 0)
        {
            await ReserveGatheredAsync();
        }
        try
        {
            return await done.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // It may be reserved by now, or a moment later; nothing was sent for it.
            _ = done.Task.ContinueWith(
                _ => Settle(new(reservation, ModelFailureCodes.Canceled, new(0, 0), 0)), CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    public void Settle(Settlement settlement) => _settlements.Writer.TryWrite(settlement);

    /// <summary>What has been settled is written before the process ends, as long as the database takes it.</summary>
    public async ValueTask DisposeAsync()
    {
        _settlements.Writer.TryComplete();
        _ended.CancelAfter(EndWithin);
        await _writing;
        await _ended.CancelAsync();
        await _expiring;
        _ended.Dispose();
    }

    /// <summary>Without waiting: what is not settled yet expires.</summary>
    public void Dispose()
    {
        _settlements.Writer.TryComplete();
        _ended.Cancel();
    }

    /// <summary>Whoever finds nobody at it writes what has gathered, its own among it; what comes meanwhile is for the next.</summary>
    private async Task ReserveGatheredAsync()
    {
        var many = new List<(Reservation Reservation, TaskCompletionSource<Refusal?> Done)>();
        while (many.Count < MostAtOnce && _reservations.TryDequeue(out var next))
        {
            many.Add(next);
        }
        try
        {
            if (many.Count > 0)
            {
                var refused = await _store.ReserveAsync([.. many.Select(one => one.Reservation)], _ended.Token);
                many.ForEach(one => one.Done.SetResult(refused.GetValueOrDefault(one.Reservation.Id)));
            }
        }
#pragma warning disable CA1031 // Told to everybody who waits for it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            many.ForEach(one => one.Done.TrySetException(failure));
        }
        // Not a plain write: what was gathered before it is seen must not be looked at before it is written.
        Interlocked.Exchange(ref _reserving, 0);
        if (!_reservations.IsEmpty && Interlocked.Exchange(ref _reserving, 1) == 0)
        {
            _ = Task.Run(ReserveGatheredAsync, CancellationToken.None);
        }
    }

    private async Task SettleAsync()
    {
        await foreach (var first in _settlements.Reader.ReadAllAsync())
        {
            List<Settlement> many = [first];
            // Settling locks the budgets that the next call is about to be reserved in, and nobody waits for it.
            await Task.Delay(GatherFor, _clock, CancellationToken.None);
            while (many.Count < MostAtOnce && _settlements.Reader.TryRead(out var next))
            {
                many.Add(next);
            }
            await SettleAsync(many);
        }
    }

    /// <summary>Until the database takes it, or the process ends: then the reservations expire.</summary>
    private async Task SettleAsync(List<Settlement> many)
    {
        while (true)
        {
            try
            {
                await _store.SettleAsync(many, _ended.Token);
                return;
            }
            catch (Exception outage) when (!_ended.IsCancellationRequested && Outage.CodeOf(outage) is not null)
            {
                NotSettled(many.Count, outage.GetType().Name);
                await Task.Delay(AgainAfter, _clock, CancellationToken.None);
            }
#pragma warning disable CA1031 // The calls were made and answered; their reservations expire at the worst price.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Lost(many.Count, failure.GetType().Name);
                return;
            }
        }
    }

    private async Task ExpireAsync()
    {
        using var timer = new PeriodicTimer(ExpireEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                if (await ExpireOnceAsync() is var expired and > 0)
                {
                    Expired(expired);
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task<long> ExpireOnceAsync()
    {
        try
        {
            return await _store.ExpireAsync(_ended.Token);
        }
        catch (NpgsqlException)
        {
            // The next tick looks again, and so do the other processes.
            return 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The usage of {Count} model calls could not be settled yet: {Error}")]
    private partial void NotSettled(int count, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The usage of {Count} model calls is lost ({Error}): they are charged at their worst price")]
    private partial void Lost(int count, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} reservations of processes that have died were charged at their worst price")]
    private partial void Expired(long count);
}
