using AiApp.Evals.Retrieval;
using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Evals.Tuning;

/// <summary>What the chosen configuration comes to on each set, and whether it keeps the rule.</summary>
internal sealed class TuneReport
{
    private const int BestMeans = 8;

    private readonly IReadOnlyList<SetLegs> _sets;
    private readonly TuningScores<RetrievalConfiguration> _scores;
    private readonly ScoreTable _chosen;
    private readonly double[][] _byQueries;
    private readonly double[][] _bySets;
    private readonly Bootstrap _bootstrap;

    public TuneReport(IReadOnlyList<SetLegs> sets, TuningScores<RetrievalConfiguration> scores, ScoredCandidate<RetrievalConfiguration> chosen, int folds, int seed)
    {
        (_sets, _scores, _chosen) = (sets, scores, chosen.Scores);
        _byQueries = CrossValidation.ByQueries(scores, folds, seed);
        _bySets = CrossValidation.BySets(scores);
        _bootstrap = new(seed);
    }

    public IReadOnlyList<FittedSet> FittedOn => [.. _sets.Select((set, s) => new FittedSet(
        set.Set.Name, set.Queries.Count, Round(_scores.Lexical.Ndcg[s]), Round(_scores.Vector.Ndcg[s]), Round(_chosen.Ndcg[s])))];

    /// <summary>Sets on which a leg alone is better; empty when the rule is kept.</summary>
    public IEnumerable<string> Violations()
    {
        for (var s = 0; s < _sets.Count; s++)
        {
            foreach (var (metric, fused, lexical, vector) in new[]
            {
                ("nDCG@10", _chosen.Ndcg[s], _scores.Lexical.Ndcg[s], _scores.Vector.Ndcg[s]),
                ("Recall@100", _chosen.Recall[s], _scores.Lexical.Recall[s], _scores.Vector.Recall[s]),
            })
            {
                var best = Math.Max(lexical.Average(), vector.Average());
                if (fused.Average() < best - Acceptance.Tolerance)
                {
                    yield return $"{_sets[s].Set.Name}: {metric} fused {fused.Average():0.0000} is below the better leg's {best:0.0000}";
                }
            }
        }
    }

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync($"{"nDCG@10",-24} {"queries",7} {"lexical",8} {"vector",8} {"fused",8} {"gain",8} {"95 % interval",18} {"unseen queries",15} {"unseen set",11}");
        for (var s = 0; s < _sets.Count; s++)
        {
            var best = BestLeg(s);
            var interval = _bootstrap.Of(Subtract(_chosen.Ndcg[s], best));
            await output.WriteLineAsync(
                $"{_sets[s].Set.Name,-24} {best.Length,7} {_scores.Lexical.Ndcg[s].Average(),8:0.0000} {_scores.Vector.Ndcg[s].Average(),8:0.0000} {_chosen.Ndcg[s].Average(),8:0.0000}"
                + $" {Gain(_chosen.Ndcg[s], best),8} {$"{interval.Low:+0.0000;-0.0000;0.0000} {interval.High:+0.0000;-0.0000;0.0000}",18} {Gain(_byQueries[s], best),15} {Gain(_bySets[s], best),11}");
        }
        var all = _sets.Select((_, s) => Subtract(_chosen.Ndcg[s], BestLeg(s))).ToList();
        var macro = _bootstrap.OfMacro(all);
        await output.WriteLineAsync(
            $"{"mean over sets",-24} {_sets.Sum(set => set.Queries.Count),7} {_scores.Lexical.Ndcg.Average(set => set.Average()),8:0.0000} {_scores.Vector.Ndcg.Average(set => set.Average()),8:0.0000}"
            + $" {_chosen.Ndcg.Average(set => set.Average()),8:0.0000} {all.Average(set => set.Average()),8:+0.0000;-0.0000;0.0000} {$"{macro.Low:+0.0000;-0.0000;0.0000} {macro.High:+0.0000;-0.0000;0.0000}",18}"
            + $" {MacroGain(_byQueries),15:+0.0000;-0.0000;0.0000} {MacroGain(_bySets),11:+0.0000;-0.0000;0.0000}");
        await output.WriteLineAsync($"Recall@100 lexical, vector, fused: {string.Join("; ", _sets.Select((set, s) =>
            $"{set.Set.Name} {_scores.Lexical.Recall[s].Average():0.000} {_scores.Vector.Recall[s].Average():0.000} {_chosen.Recall[s].Average():0.000}"))}");
    }

    /// <summary>What the rule costs: the candidates with the best means, and where they lose.</summary>
    public async Task WriteBestMeansAsync(TextWriter output)
    {
        await output.WriteLineAsync($"best means over sets (lexical alone {_scores.Lexical.Ndcg.Average(set => set.Average()):0.0000}):");
        foreach (var (candidate, verdict) in _scores.Candidates
            .Select(candidate => (candidate.Candidate, Verdict: Acceptance.Judge(_scores, candidate.Scores, (_, _) => true)))
            .OrderByDescending(entry => entry.Verdict.Mean).Take(BestMeans))
        {
            var where = verdict.WorstSet < 0 ? "loses nowhere" : $"loses {verdict.WorstLoss:0.0000} on {_sets[verdict.WorstSet].Set.Name}";
            await output.WriteLineAsync($"  {verdict.Mean:0.0000} {candidate.Fusion}, lexical weight {candidate.LexicalWeight}, k {candidate.RankConstant}, depth {candidate.LegDepth}: {where}");
        }
    }

    private double[] BestLeg(int set) =>
        _scores.Lexical.Ndcg[set].Average() >= _scores.Vector.Ndcg[set].Average() ? _scores.Lexical.Ndcg[set] : _scores.Vector.Ndcg[set];

    private double MacroGain(double[][] scores) => scores.Select((set, s) => set.Average() - BestLeg(s).Average()).Average();

    private static string Gain(double[] scores, double[] best) => $"{scores.Average() - best.Average():+0.0000;-0.0000;0.0000}";

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Round(double[] scores) => Math.Round(scores.Average(), 4);
}
