using System.Globalization;

namespace AiApp.Evals;

internal static class RetrievalCommand
{
    // Both legs as deep as the deepest metric; the fused list is cut at the same depth.
    private static readonly Dictionary<string, string?> Settings = new() { ["Retrieval:LegDepth"] = "100" };

    public static async Task<int> RunAsync(DirectoryInfo[] folders, DirectoryInfo? runs, TextWriter output, CancellationToken ct)
    {
        using var host = EvaluationHost.Build(Settings);
        var tenant = await host.FindTenantAsync(ct);
        await output.WriteLineAsync($"{"set",-18} {"leg",-8} {"nDCG@10",8} {"R@10",6} {"R@100",6} {"MRR@10",7}   p50 / p95 ms");
        foreach (var folder in folders)
        {
            var set = LabelledSet.Load(folder);
            var run = new RetrievalRun(host.Services, tenant, set);
            await run.IngestAsync(ct);
            var (rankings, durations) = await run.AskAsync(ct);
            durations.Sort();
            foreach (var leg in RetrievalRun.Legs)
            {
                var score = RetrievalRun.Score(rankings[leg]);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{set.Name,-18} {leg,-8} {score.NdcgAt10,8:0.0000} {score.RecallAt10,6:0.000} {score.RecallAt100,6:0.000} {score.MrrAt10,7:0.000}")
                    + (leg == "fused" ? $"   {durations[durations.Count / 2]:0.0} / {durations[(int)(durations.Count * 0.95)]:0.0}" : ""));
                if (runs is not null)
                {
                    await WriteRunAsync(Path.Combine(runs.FullName, $"{set.Name}.{leg}.run"), leg, rankings[leg], ct);
                }
            }
        }
        return 0;
    }

    /// <summary>The format of trec_eval: query, Q0, document, rank, score, name of the run.</summary>
    private static Task WriteRunAsync(
        string file, string leg, IEnumerable<(LabelledQuery Query, IReadOnlyList<string> Ranking)> rankings, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllLinesAsync(file, rankings.SelectMany(entry =>
            entry.Ranking.Select((id, i) => $"{entry.Query.Id} Q0 {id} {i + 1} {entry.Ranking.Count - i} {leg}")), ct);
    }
}
