namespace AiApp.Rag.Gateway.Resilience;

/// <summary>Retries as a share of the calls of this process: an outage must not double the load on what has failed.</summary>
internal sealed class RetryBudget(double share)
{
    // What has been saved up by quiet traffic is spent on an outage at once: so many retries at most.
    private const double Most = 20;

    // A process that has just started, or is rarely asked, may retry as well.
    private const double AtFirst = 3;

    private readonly Lock _gate = new();
    private double _left = share > 0 ? AtFirst : 0;

    public void Called()
    {
        lock (_gate)
        {
            _left = Math.Min(Most, _left + share);
        }
    }

    public bool TryTake()
    {
        lock (_gate)
        {
            if (_left < 1)
            {
                return false;
            }
            _left--;
            return true;
        }
    }
}
