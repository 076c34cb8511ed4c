using AiApp.Evals.Metrics;

namespace AiApp.Integration.Tests.Evals;

public sealed class RankingMetricsTests
{
    private static readonly Dictionary<string, int> Relevant = new() { ["a"] = 1, ["b"] = 1, ["c"] = 0 };

    [Fact]
    public void A_perfect_ranking_scores_one() =>
        Assert.Equal(new RankingMetrics(1, 1, 1, 1), RankingMetrics.Mean([(["a", "b", "x"], Relevant)]));

    [Fact]
    public void Gain_is_discounted_by_the_logarithm_of_the_rank() =>
        Assert.Equal(1 / Math.Log2(3) / (1 + 1 / Math.Log2(3)), RankingMetrics.Mean([(["x", "a"], Relevant)]).NdcgAt10, 9);

    [Fact]
    public void Recall_counts_what_was_found_among_what_is_relevant() =>
        Assert.Equal(0.5, RankingMetrics.Mean([(["x", "c", "b"], Relevant)]).RecallAt10);

    [Fact]
    public void The_first_relevant_rank_is_inverted_and_beyond_ten_nothing_counts()
    {
        var late = Enumerable.Range(0, 10).Select(i => $"x{i}").Append("a").ToList();

        Assert.Equal(0, RankingMetrics.Mean([(late, Relevant)]).MrrAt10);
        Assert.Equal(0.5, RankingMetrics.Mean([(["x", "a"], Relevant)]).MrrAt10);
    }
}
