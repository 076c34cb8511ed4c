using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>Second calls may add a share of what is spent anyway.</summary>
internal sealed class HedgeBudget(double share, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left;

    public bool IsOn => share > 0;

    /// <summary>Nanodollars of a call that was settled; calls that cost nothing count as one each.</summary>
    public void Spent(long cost)
    {
        lock (_gate)
        {
            _left += share * Math.Max(1, cost);
        }
    }

    /// <summary>Whether the worst case of a second call is within the share.</summary>
    public bool TryTake(ModelCandidate candidate, PromptSize prompt, ChatOptions options)
    {
        var cost = Math.Max(1, candidate.Prices.Now(clock).Of(new(candidate.Counter.AtMost(prompt), ModelRoutes.OutputTokens(candidate, options))));
        lock (_gate)
        {
            if (_left < cost)
            {
                return false;
            }
            _left -= cost;
            return true;
        }
    }
}
