using AiApp.Evals.Tuning;

namespace AiApp.Integration.Tests.Evals;

public sealed class AcceptanceTests
{
    [Fact]
    public void A_candidate_that_loses_nowhere_is_chosen_before_one_with_a_better_mean()
    {
        var scores = Scores(lexical: [[0.5], [0.5]], vector: [[0.1], [0.1]], ("brilliant but lossy", [[0.9], [0.4]]), ("safe", [[0.5], [0.51]]));

        Assert.Equal("safe", Acceptance.Choose(scores, (_, _) => true).Candidate);
    }

    [Fact]
    public void Among_those_that_lose_nowhere_the_best_mean_is_chosen()
    {
        var scores = Scores(lexical: [[0.5], [0.5]], vector: [[0.1], [0.1]], ("lexical alone", [[0.5], [0.5]]), ("better", [[0.6], [0.5]]));

        Assert.Equal("better", Acceptance.Choose(scores, (_, _) => true).Candidate);
    }

    [Fact]
    public void The_better_leg_of_each_set_is_the_measure()
    {
        var scores = Scores(lexical: [[0.5], [0.2]], vector: [[0.1], [0.6]], ("lexical alone", [[0.5], [0.2]]), ("fused", [[0.45], [0.55]]));

        Assert.Equal("fused", Acceptance.Choose(scores, (_, _) => true).Candidate);
    }

    [Fact]
    public void A_small_set_counts_as_much_as_a_large_one()
    {
        var scores = Scores(lexical: [[0, 0, 0, 0], [0]], vector: [[0, 0, 0, 0], [0]], ("large", [[0.3, 0.3, 0.3, 0.3], [0]]), ("small", [[0, 0, 0, 0], [0.4]]));

        Assert.Equal("small", Acceptance.Choose(scores, (_, _) => true).Candidate);
    }

    [Fact]
    public void What_is_held_out_is_not_looked_at()
    {
        var scores = Scores(lexical: [[0], [0]], vector: [[0], [0]], ("good on the first", [[1], [0]]), ("good on the second", [[0], [0.5]]));

        Assert.Equal("good on the second", Acceptance.Choose(scores, (set, _) => set == 1).Candidate);
        Assert.Equal([[0], [0]], CrossValidation.BySets(scores));
    }

    [Fact]
    public void Every_query_is_held_out_once_and_the_folds_are_even() =>
        Assert.Equal([4, 3, 3], CrossValidation.AssignFolds(10, 3, seed: 7).CountBy(fold => fold).OrderBy(fold => fold.Key).Select(fold => fold.Value));

    [Fact]
    public void The_interval_holds_the_mean_and_is_the_same_for_the_same_seed()
    {
        double[] differences = [.. Enumerable.Range(0, 100).Select(i => i % 5 / 10.0)];

        var interval = new Bootstrap(7).Of(differences);

        Assert.InRange(differences.Average(), interval.Low, interval.High);
        Assert.Equal(interval, new Bootstrap(7).Of(differences));
    }

    private static TuningScores<string> Scores(double[][] lexical, double[][] vector, params (string Name, double[][] Ndcg)[] candidates) =>
        new(Table(lexical), Table(vector), [.. candidates.Select(candidate => new ScoredCandidate<string>(candidate.Name, Table(candidate.Ndcg)))]);

    /// <summary>Recall plays no part.</summary>
    private static ScoreTable Table(double[][] ndcg) => new(ndcg, [.. ndcg.Select(set => new double[set.Length])]);
}
