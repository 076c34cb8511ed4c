using AiApp.Evals.Metrics;
using AiApp.Evals.Retrieval;

namespace AiApp.Evals.Tuning;

/// <summary>nDCG@10 and Recall@100 of every query, by set and query.</summary>
internal sealed record ScoreTable(double[][] Ndcg, double[][] Recall)
{
    public static ScoreTable Of(IReadOnlyList<SetLegs> sets, Func<SetLegs, QueryLegs, IReadOnlyList<string>> rank)
    {
        var table = new ScoreTable([.. sets.Select(set => new double[set.Queries.Count])], [.. sets.Select(set => new double[set.Queries.Count])]);
        for (var s = 0; s < sets.Count; s++)
        {
            var (set, index) = (sets[s], s);
            Parallel.For(0, set.Queries.Count, q =>
            {
                var ranking = rank(set, set.Queries[q]);
                table.Ndcg[index][q] = RankingMetrics.Ndcg(ranking, set.Queries[q].Query.Relevant, 10);
                table.Recall[index][q] = RankingMetrics.Recall(ranking, set.Queries[q].Query.Relevant, 100);
            });
        }
        return table;
    }
}

/// <summary>A configuration and how it scored.</summary>
internal sealed record ScoredCandidate<T>(T Candidate, ScoreTable Scores);

/// <summary>Both legs alone, and every candidate.</summary>
internal sealed record TuningScores<T>(ScoreTable Lexical, ScoreTable Vector, IReadOnlyList<ScoredCandidate<T>> Candidates)
{
    public int Sets => Lexical.Ndcg.Length;
}
