using AiApp.Rag.Gateway;
using AiApp.Rag.Jobs;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Ingestion.Embedding;

/// <summary>
/// How many documents this process works on at a time. Half as many once the embedding provider limits its rate, and none until the
/// pause that it asks for is over; one more after each period in which it let everything through.
/// </summary>
public sealed partial class ProviderPace(IOptions<JobsOptions> options, TimeProvider clock, ILogger<ProviderPace> logger)
{
    /// <summary>A waiting place looks this often: far less than a document takes.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Calls that were under way together are refused together; that is one refusal.
    private static readonly TimeSpan OneRefusal = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly int _most = options.Value.Concurrency;
    private readonly TimeSpan _recovery = TimeSpan.FromSeconds(options.Value.RecoverySeconds);
    private int _places = Start(options.Value.Concurrency);
    private DateTimeOffset _pausedUntil;
    private DateTimeOffset _changedAt;

    public int Places
    {
        get
        {
            lock (_gate)
            {
                return _places;
            }
        }
    }

    /// <summary>Returns when the place, counted from 0, may take work.</summary>
    public async Task WaitForPlaceAsync(int place, CancellationToken ct)
    {
        while (!IsOpen(place))
        {
            await Task.Delay(Look, clock, ct);
        }
    }

    internal async Task<T> ObserveAsync<T>(Func<Task<T>> call)
    {
        try
        {
            var result = await call();
            Succeeded();
            return result;
        }
        catch (ModelProviderException limited) when (limited.Code == FailureCodes.ProviderRateLimited)
        {
            Limited(limited.RetryAfter);
            throw;
        }
    }

    internal void Limited(TimeSpan? pause)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var until = now + (pause ?? OneRefusal);
            var again = now < _pausedUntil;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
            _changedAt = now;
            if (!again && _places > 1)
            {
                Change(_places / 2);
                Reduced(_places, _most, (until - now).TotalSeconds);
            }
        }
    }

    internal void Succeeded()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (_places < _most && now - _changedAt >= _recovery)
            {
                _changedAt = now;
                Change(_places + 1);
                Recovered(_places, _most);
            }
        }
    }

    private static int Start(int places)
    {
        RagTelemetry.IngestPlaces.Add(places);
        return places;
    }

    private bool IsOpen(int place)
    {
        lock (_gate)
        {
            return place < _places && clock.GetUtcNow() >= _pausedUntil;
        }
    }

    private void Change(int places)
    {
        RagTelemetry.IngestPlaces.Add(places - _places);
        _places = places;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The embedding provider limits its rate: {Places} of {Most} places work, after a pause of {PauseSeconds} s")]
    private partial void Reduced(int places, int most, double pauseSeconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The embedding provider lets more through again: {Places} of {Most} places work")]
    private partial void Recovered(int places, int most);
}
