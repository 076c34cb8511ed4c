namespace AiApp.Rag.Gateway.Resilience;

/// <summary>
/// Leaves one model of one provider alone after failures in a row, which shows at any traffic, or when half of the last calls have
/// failed. One probe at a time lets it back.
/// </summary>
internal sealed class CircuitBreaker(int breakAfter, TimeSpan pause, TimeProvider clock)
{
    private const int Window = 20;

    private readonly Lock _gate = new();
    private readonly Queue<bool> _last = new(Window);
    private int _inARow;
    private bool _isOpen;
    private bool _isProbed;
    private long _probeAt;
    private DateTimeOffset _probeDue;
    private DateTimeOffset? _since;
    private string? _lastFailure;
    private DateTimeOffset? _lastFailureAt;

    public BreakerState State
    {
        get
        {
            lock (_gate)
            {
                return new(
                    _isOpen ? _isProbed ? BreakerState.HalfOpen : BreakerState.Open : BreakerState.Closed, _since, _inARow, _lastFailure, _lastFailureAt,
                    _isOpen && !_isProbed ? _probeDue : null);
            }
        }
    }

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _isOpen;
            }
        }
    }

    /// <summary>Until the next probe; zero when it is due or under way.</summary>
    public TimeSpan ProbeIn
    {
        get
        {
            lock (_gate)
            {
                var left = TimeSpan.FromSeconds((_probeAt - clock.GetTimestamp()) / (double)clock.TimestampFrequency);
                return _isOpen && left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Whether the caller is the one who probes now: it must tell how that ended.</summary>
    public bool TryProbe()
    {
        lock (_gate)
        {
            if (!_isOpen || _isProbed || clock.GetTimestamp() < _probeAt)
            {
                return false;
            }
            return _isProbed = true;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            _since = _isOpen ? clock.GetUtcNow() : _since;
            (_isOpen, _isProbed, _inARow) = (false, false, 0);
            Note(failed: false);
        }
    }

    /// <summary><paramref name="until"/>: not before the provider has said so.</summary>
    public void Failed(TimeSpan? until = null, string? code = null)
    {
        lock (_gate)
        {
            (_lastFailure, _lastFailureAt) = (code, clock.GetUtcNow());
            _inARow++;
            Note(failed: true);
            // What was under way when it was left alone says nothing new, and must not put the probe off.
            if ((_isOpen && _isProbed) || (!_isOpen && (_inARow >= breakAfter || _last.Count(failed => failed) >= Window / 2)))
            {
                Open(until);
            }
        }
    }

    /// <summary>The probe told nothing: it was canceled, or was the request's own fault.</summary>
    public void ProbeEnded()
    {
        lock (_gate)
        {
            _isProbed = false;
        }
    }

    private void Open(TimeSpan? until)
    {
        var wait = until > pause ? until.Value : pause;
        _since = _isOpen ? _since : clock.GetUtcNow();
        (_isOpen, _isProbed) = (true, false);
        _probeAt = clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
        _probeDue = clock.GetUtcNow() + wait;
        _last.Clear();
    }

    private void Note(bool failed)
    {
        if (_last.Count == Window)
        {
            _last.Dequeue();
        }
        _last.Enqueue(failed);
    }
}

/// <summary>How a breaker stands. <paramref name="Since"/> is null when it has never opened.</summary>
internal sealed record BreakerState(
    string Breaker, DateTimeOffset? Since, int FailuresInARow, string? LastFailure, DateTimeOffset? LastFailureAt, DateTimeOffset? ProbeAt)
{
    public const string Closed = "closed";
    public const string Open = "open";
    public const string HalfOpen = "half_open";
}
