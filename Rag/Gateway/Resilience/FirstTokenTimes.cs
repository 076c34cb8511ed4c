namespace AiApp.Rag.Gateway.Resilience;

/// <summary>How long a model took to begin its last answers.</summary>
internal sealed class FirstTokenTimes
{
    private const int Kept = 64;
    private const int Enough = 20;
    private const double UsualShare = 0.95;

    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _times = new(Kept);
    private int _next;
    private TimeSpan? _usual;

    /// <summary>19 of 20 began within it; null before enough have been seen.</summary>
    public TimeSpan? Usual
    {
        get
        {
            lock (_gate)
            {
                return _usual ??= _times.Count < Enough ? null : _times.Order().ElementAt((int)(_times.Count * UsualShare));
            }
        }
    }

    public void Add(TimeSpan time)
    {
        lock (_gate)
        {
            if (_times.Count < Kept)
            {
                _times.Add(time);
            }
            else
            {
                _times[_next] = time;
                _next = (_next + 1) % Kept;
            }
            _usual = null;
        }
    }
}
