namespace AiApp.Evals.Tuning;

/// <summary>What the choice is worth on queries and on sets that it has not seen; nDCG@10 by set and query.</summary>
internal static class CrossValidation
{
    /// <summary>Each query is scored by the candidate chosen on the other folds of all sets.</summary>
    public static double[][] ByQueries<T>(TuningScores<T> scores, int folds, int seed)
    {
        var foldOf = scores.Lexical.Ndcg.Select((set, s) => AssignFolds(set.Length, folds, seed + s)).ToArray();
        var heldOut = Like(scores);
        for (var fold = 0; fold < folds; fold++)
        {
            var held = fold;
            var chosen = Acceptance.Choose(scores, (s, q) => foldOf[s][q] != held);
            Copy(chosen.Scores, heldOut, (s, q) => foldOf[s][q] == held);
        }
        return heldOut;
    }

    /// <summary>Each set is scored by the candidate chosen on all others.</summary>
    public static double[][] BySets<T>(TuningScores<T> scores)
    {
        var heldOut = Like(scores);
        for (var set = 0; set < scores.Sets; set++)
        {
            var held = set;
            var chosen = Acceptance.Choose(scores, (s, _) => scores.Sets == 1 || s != held);
            Copy(chosen.Scores, heldOut, (s, _) => s == held);
        }
        return heldOut;
    }

    internal static int[] AssignFolds(int count, int folds, int seed)
    {
        var assigned = Enumerable.Range(0, count).Select(i => i % folds).ToArray();
        new Random(seed).Shuffle(assigned);
        return assigned;
    }

    private static double[][] Like<T>(TuningScores<T> scores) => [.. scores.Lexical.Ndcg.Select(set => new double[set.Length])];

    private static void Copy(ScoreTable from, double[][] to, Func<int, int, bool> which)
    {
        for (var s = 0; s < to.Length; s++)
        {
            for (var q = 0; q < to[s].Length; q++)
            {
                to[s][q] = which(s, q) ? from.Ndcg[s][q] : to[s][q];
            }
        }
    }
}
