using System.CommandLine;
using AiApp.Evals.Retrieval;
using AiApp.Rag.Retrieval.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Evals.Tuning;

internal sealed record TuneSettings(FileInfo Out, string? Space, IReadOnlyCollection<int> Depths, int Folds, int Seed, int Workers);

internal static class TuneCommand
{
    public static Command Create()
    {
        var sets = new SetOptions();
        var file = new Option<FileInfo>("--out") { Description = "File for the retrieval configuration.", Required = true };
        var space = new Option<string?>("--space") { Description = "Embedding model whose space is fitted; the configured one when absent." };
        var depths = new Option<int[]>("--depths") { Description = "Depths of the legs that are tried, 10 to 200. The evidence is chosen among the first 20 chunks.", DefaultValueFactory = _ => [30, 50, 100, 200], AllowMultipleArgumentsPerToken = true };
        depths.Validators.Add(result =>
        {
            if (result.GetValue(depths)!.Any(depth => depth is < RetrievalConfiguration.MinLegDepth or > SetLegs.Depth))
            {
                result.AddError($"--depths must be between {RetrievalConfiguration.MinLegDepth} and {SetLegs.Depth}.");
            }
        });
        var folds = new Option<int>("--folds") { Description = "Folds of the cross-validation over queries.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Seed of the folds and of the bootstrap.", DefaultValueFactory = _ => 7 };
        var command = new Command("tune", "Fits how the legs are fused on several labelled sets together, and writes a retrieval configuration.") { file, space, depths, folds, seed };
        sets.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(
            sets.Load(parsed),
            new(parsed.GetRequiredValue(file), parsed.GetValue(space), parsed.GetValue(depths)!, parsed.GetValue(folds), parsed.GetValue(seed), parsed.GetValue(sets.Workers)),
            Console.Out, TimeProvider.System, ct));
        return command;
    }

    private static async Task<int> RunAsync(IEnumerable<LabelledSet> sets, TuneSettings settings, TextWriter output, TimeProvider clock, CancellationToken ct)
    {
        using var host = EvaluationHost.Build();
        var model = host.Services.GetRequiredService<RetrievalConfigurations>().Preferred.EmbeddingModel;
        if (settings.Space is { } wanted && wanted != model)
        {
            await output.WriteLineAsync($"The vectors of '{wanted}' cannot be searched: '{model}' is configured. Set Models:EmbeddingProvider and its model.");
            return 2;
        }
        var answered = await AskAsync(host, sets, settings.Workers, output, clock, ct);
        var scores = new TuningScores<RetrievalConfiguration>(
            ScoreTable.Of(answered, (set, query) => set.Rank(query.Lexical)),
            ScoreTable.Of(answered, (set, query) => set.Rank(query.Vector)),
            [.. CandidateGrid.Create(model, [.. settings.Depths.Order()]).Select(candidate =>
                new ScoredCandidate<RetrievalConfiguration>(candidate, ScoreTable.Of(answered, (set, query) => set.Fuse(query, candidate))))]);
        var chosen = Acceptance.Choose(scores, (_, _) => true);
        var report = new TuneReport(answered, scores, chosen, settings.Folds, settings.Seed);
        await report.WriteAsync(output);
        await report.WriteBestMeansAsync(output);
        var configuration = chosen.Candidate with { CreatedAt = clock.GetUtcNow(), FittedOn = report.FittedOn };
        await File.WriteAllTextAsync(settings.Out.FullName, configuration.ToJson(), ct);
        await output.WriteLineAsync($"{settings.Out.Name} {configuration.Id}: {configuration.Fusion}, lexical weight {configuration.LexicalWeight}, k {configuration.RankConstant}, depth {configuration.LegDepth}");
        var violations = report.Violations().ToList();
        violations.ForEach(violation => output.WriteLine($"violated on {violation}"));
        return violations.Count == 0 ? 0 : 1;
    }

    /// <summary>Each query is asked once; everything after is replayed in this process.</summary>
    private static async Task<List<SetLegs>> AskAsync(
        IHost host, IEnumerable<LabelledSet> sets, int workers, TextWriter output, TimeProvider clock, CancellationToken ct)
    {
        var tenant = await host.FindTenantAsync(ct);
        await using var store = SetStore.Open(host.Connection(), tenant);
        var answered = new List<SetLegs>();
        foreach (var set in sets)
        {
            var ingested = await new SetIngestion(host.Services, store, tenant, workers, clock).IngestAsync(set, ct);
            var start = clock.GetTimestamp();
            var legs = await new SetRun(host.Services, store, tenant, workers, clock).AskLegsAsync(set, ct);
            await output.WriteLineAsync(
                $"{set.Name}: {ingested.Added} of {ingested.Documents} documents ingested in {ingested.Seconds:0.0} s, {legs.Queries.Count} queries in {clock.GetElapsedTime(start).TotalSeconds:0.0} s");
            // The documents' texts are not needed any more, and those of ten sets together are large.
            answered.Add(legs with { Set = set with { Documents = [] } });
        }
        return answered;
    }
}
