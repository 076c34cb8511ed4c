using System.CommandLine;
using AiApp.Evals.Metrics;
using AiApp.Rag.Retrieval.Configuration;
using AiApp.Rag.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Evals.Retrieval;

internal static class RetrievalCommand
{
    private const string Fused = "fused";

    public static Command Create()
    {
        var sets = new SetOptions();
        var runs = new Option<DirectoryInfo?>("--runs") { Description = "Folder for run files in the format of trec_eval." };
        var command = new Command("retrieval", "Ingests labelled sets through the real pipeline and scores each leg, their fusion, and what is served.") { runs };
        sets.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(sets.Load(parsed), parsed.GetValue(runs), parsed.GetValue(sets.Workers), Console.Out, ct));
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<LabelledSet> sets, DirectoryInfo? runs, int workers, TextWriter output, CancellationToken ct)
    {
        using var worker = EvaluationHost.Build();
        using var host = EvaluationHost.Build(StorageRole.Application);
        var tenant = await host.FindTenantAsync(ct);
        await using var store = SetStore.Open(host.Connection(), tenant);
        var configuration = host.Services.GetRequiredService<RetrievalConfigurations>().Preferred;
        await output.WriteLineAsync($"configuration {configuration.Id}: {configuration.Fusion}, lexical weight {configuration.LexicalWeight}, depth {configuration.LegDepth}");
        await output.WriteLineAsync($"{"set",-24} {"leg",-8} {"nDCG@10",8} {"R@10",6} {"R@100",6} {"MRR@10",7}   p50 / p95 / p99 ms");
        foreach (var set in sets)
        {
            var ingested = await new SetIngestion(worker.Services, store, tenant, workers, TimeProvider.System).IngestAsync(set, ct);
            var run = new SetRun(host.Services, store, tenant, workers, TimeProvider.System);
            var legs = await run.AskLegsAsync(set, ct);
            var served = await run.AskAsync(set, ct);
            var rankings = new Dictionary<string, List<(LabelledQuery Query, IReadOnlyList<string> Ranking)>>
            {
                ["lexical"] = [.. legs.Queries.Select(query => (query.Query, (IReadOnlyList<string>)legs.Rank(query.Lexical)))],
                ["vector"] = [.. legs.Queries.Select(query => (query.Query, (IReadOnlyList<string>)legs.Rank(query.Vector)))],
                [Fused] = [.. legs.Queries.Select(query => (query.Query, (IReadOnlyList<string>)legs.Fuse(query, configuration)))],
                ["served"] = [.. served.Select(query => (query.Query, query.Ranking))],
            };
            foreach (var (leg, ranking) in rankings)
            {
                var score = RankingMetrics.Mean(ranking.Select(entry => (entry.Ranking, entry.Query.Relevant)));
                await output.WriteLineAsync(
                    $"{set.Name,-24} {leg,-8} {score.NdcgAt10,8:0.0000} {score.RecallAt10,6:0.000} {score.RecallAt100,6:0.000} {score.MrrAt10,7:0.000}   {Latency(leg, served)}");
                if (runs is not null)
                {
                    await RunFile.WriteAsync(runs, set.Name, leg, ranking, ct);
                }
            }
            await output.WriteLineAsync($"{set.Name,-24} {ingested.Added} of {ingested.Documents} documents ingested in {ingested.Seconds:0.0} s, {legs.DocumentOf.Count} chunks");
        }
        return 0;
    }

    /// <summary>The legs' own times while the whole was served; fusion alone takes no time worth telling.</summary>
    private static string Latency(string leg, List<ServedQuery> served)
    {
        List<double> durations = leg switch
        {
            Fused => [],
            "served" => [.. served.Select(query => query.DurationMs)],
            _ => [.. served.SelectMany(query => query.Stages.Where(stage => stage.Name == leg).Select(stage => stage.DurationMs))],
        };
        durations.Sort();
        return durations.Count == 0 ? "" : $"{At(durations, 0.5):0.0} / {At(durations, 0.95):0.0} / {At(durations, 0.99):0.0}";
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
