namespace AiApp.Evals.Tuning;

internal sealed record Verdict(double WorstLoss, int WorstSet, double Mean);

/// <summary>
/// The rule: fused at least as good as the better leg on every set, in nDCG@10 and in Recall@100. The candidate with the
/// smallest worst loss is chosen, then the one with the best mean over sets, in which a large set counts no more than a small one,
/// and of those that cannot be told apart the first: candidates stand in the order of what they cost.
/// </summary>
internal static class Acceptance
{
    /// <summary>Half of the last digit that reports show.</summary>
    public const double Tolerance = 0.00005;

    private const double MeanTolerance = 0.0001;

    /// <summary><paramref name="counts"/> tells of a set and a query whether the choice may look at it.</summary>
    public static ScoredCandidate<T> Choose<T>(TuningScores<T> scores, Func<int, int, bool> counts)
    {
        var judged = scores.Candidates.Select(candidate => (Candidate: candidate, Verdict: Judge(scores, candidate.Scores, counts))).ToList();
        var least = judged.Min(entry => entry.Verdict.WorstLoss);
        var accepted = judged.Where(entry => entry.Verdict.WorstLoss <= least + Tolerance).ToList();
        var best = accepted.Max(entry => entry.Verdict.Mean);
        return accepted.First(entry => entry.Verdict.Mean >= best - MeanTolerance).Candidate;
    }

    /// <summary>The largest loss against the better leg in either metric, the set where it is (-1: nowhere), and the mean nDCG@10 over sets.</summary>
    public static Verdict Judge<T>(TuningScores<T> scores, ScoreTable candidate, Func<int, int, bool> counts)
    {
        var (worst, where, sum, sets) = (0.0, -1, 0.0, 0);
        for (var s = 0; s < scores.Sets; s++)
        {
            if (Mean(candidate.Ndcg[s], s, counts) is not { } ndcg)
            {
                continue;
            }
            var ndcgLoss = Math.Max(Mean(scores.Lexical.Ndcg[s], s, counts)!.Value, Mean(scores.Vector.Ndcg[s], s, counts)!.Value) - ndcg;
            var recallLoss = Math.Max(Mean(scores.Lexical.Recall[s], s, counts)!.Value, Mean(scores.Vector.Recall[s], s, counts)!.Value)
                - Mean(candidate.Recall[s], s, counts)!.Value;
            if (Math.Max(ndcgLoss, recallLoss) > worst)
            {
                (worst, where) = (Math.Max(ndcgLoss, recallLoss), s);
            }
            sum += ndcg;
            sets++;
        }
        return new(worst, where, sum / sets);
    }

    private static double? Mean(double[] values, int set, Func<int, int, bool> counts)
    {
        var (sum, count) = (0.0, 0);
        for (var q = 0; q < values.Length; q++)
        {
            if (counts(set, q))
            {
                sum += values[q];
                count++;
            }
        }
        return count == 0 ? null : sum / count;
    }
}
