namespace AiApp.Evals.Metrics;

/// <summary>Means over queries of the usual ranking metrics; gains are the labels themselves, as in trec_eval.</summary>
public sealed record RankingMetrics(double NdcgAt10, double RecallAt10, double RecallAt100, double MrrAt10)
{
    public static RankingMetrics Mean(IEnumerable<(IReadOnlyList<string> Ranking, IReadOnlyDictionary<string, int> Relevant)> runs)
    {
        var all = runs.ToList();
        return new(
            all.Average(run => Ndcg(run.Ranking, run.Relevant, 10)),
            all.Average(run => Recall(run.Ranking, run.Relevant, 10)),
            all.Average(run => Recall(run.Ranking, run.Relevant, 100)),
            all.Average(run => ReciprocalRank(run.Ranking, run.Relevant, 10)));
    }

    internal static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> relevant, int depth)
    {
        var ideal = relevant.Values.Where(label => label > 0).OrderDescending().Take(depth).Select(Discount).Sum();
        return ideal == 0 ? 0 : ranking.Take(depth).Select((id, i) => Discount(Math.Max(0, relevant.GetValueOrDefault(id)), i)).Sum() / ideal;
    }

    internal static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> relevant, int depth) =>
        (double)ranking.Take(depth).Count(id => relevant.GetValueOrDefault(id) > 0) / relevant.Values.Count(label => label > 0);

    internal static double ReciprocalRank(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, int> relevant, int depth)
    {
        var first = ranking.Take(depth).ToList().FindIndex(id => relevant.GetValueOrDefault(id) > 0);
        return first < 0 ? 0 : 1.0 / (first + 1);
    }

    private static double Discount(int gain, int i) => gain / Math.Log2(i + 2);
}
