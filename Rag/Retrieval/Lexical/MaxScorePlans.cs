using AiApp.Rag.Tenants;

namespace AiApp.Rag.Retrieval.Lexical;

/// <summary>
/// The plans of one search, for search_lexical_index in Database/Migrations: the best chunks of a question without scoring all
/// that share a word with it. Falling thresholds, for each a tsquery that finds all chunks above it, and how many it finds
/// at most.
/// </summary>
internal sealed record MaxScorePlans(float[] Thresholds, string[] Plans, float[] Counts)
{
    // Small steps, because what a threshold below the last place brings is scored in vain.
    private const double Descent = 0.9;
    private const double LastShare = 0.05;

    /// <summary>All chunks that one tsquery finds are scored.</summary>
    public static MaxScorePlans Only(string query) => new([0], [query], [0]);

    /// <param name="terms">Those that occur, rarest first; at least one.</param>
    public static MaxScorePlans Of(TenantId tenant, IReadOnlyList<QueryTerm> terms)
    {
        var plan = new CandidatePlan([.. terms.Select(term => new CandidateTerm(tenant, term))]);
        var steps = new List<(double Threshold, TokenQuery Query)>();
        for (var share = Descent; ; share *= Descent)
        {
            var threshold = share < LastShare ? 0 : share * plan.Bound;
            if (plan.FindAbove(threshold) is { } query)
            {
                // The lowest threshold of the same chunks says the most of them.
                if (steps.Count > 0 && steps[^1].Query.IsSameAs(query))
                {
                    steps.RemoveAt(steps.Count - 1);
                }
                steps.Add((threshold, query));
            }
            if (threshold == 0)
            {
                return new(
                    [.. steps.Select(step => (float)step.Threshold)],
                    [.. steps.Select(step => step.Query.ToString())],
                    [.. steps.Select(step => (float)step.Query.Count)]);
            }
        }
    }
}
