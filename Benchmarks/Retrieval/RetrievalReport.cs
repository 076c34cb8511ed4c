using System.Text;
using System.Text.Json;
using AiApp.Benchmarks.Measuring;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>Working set of this process and, where it can be read, of the database's backends, in MB.</summary>
internal sealed record MemoryFacts(double ClientMb, double? BackendsPssMb);

internal sealed record KindResult(string Kind, int Queries, Measurement Lexical, Measurement Retriever);

internal sealed record StageResult(string Stage, double P50Ms, double P95Ms);

internal sealed record SizeResult
{
    public required CorpusBuild Build { get; init; }
    public required IReadOnlyDictionary<string, int> Queries { get; init; }
    public required IReadOnlyList<Measurement> Measurements { get; init; }
    public required IReadOnlyList<KindResult> Kinds { get; init; }
    public required IReadOnlyList<StageResult> Stages { get; init; }
    public required IReadOnlyList<FilterResult> Filters { get; init; }
    public required IReadOnlyList<FloorRecall> FloorRecalls { get; init; }
    public required IReadOnlyList<RelationSize> Relations { get; init; }
    public required MemoryFacts Memory { get; init; }
}

/// <summary>Everything that was measured, and where.</summary>
internal sealed record RetrievalReport
{
    private const double BytesPerMb = 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required Machine Machine { get; init; }
    public required double? LoadAfter { get; init; }
    public required IReadOnlyDictionary<string, string> Server { get; init; }
    public required int Seed { get; init; }
    public required int Rounds { get; init; }
    public required int Depth { get; init; }
    public required string Configuration { get; init; }
    public required IReadOnlyList<SizeResult> Sizes { get; init; }

    public Task WriteAsync(FileInfo file, CancellationToken ct) => File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(this, Json), ct);

    /// <summary>The tables of one size.</summary>
    public static string Describe(SizeResult size)
    {
        var text = new StringBuilder($"## {MarkdownTable.Format(size.Build.Chunks)} chunks\n\n");
        text.Append(size.Build.AddedChunks == 0
            ? "The database held the corpus already.\n\n"
            : $"{MarkdownTable.Format(size.Build.AddedChunks)} chunks built in {size.Build.Seconds:0} s ({size.Build.AddedChunks / size.Build.Seconds:0} chunks/s), distance index {size.Build.IndexSeconds:0} s, vacuum {size.Build.MaintenanceSeconds:0} s.\n\n");
        text.Append("Queries: ").AppendJoin(", ", size.Queries.Select(kind => $"{kind.Value} {kind.Key}")).Append("\n\n");
        var latency = new MarkdownTable("subject", "clients", "p50 ms", "p95 ms", "p99 ms", "per second", "p50 over rounds", "p95 over rounds", "p50 / floor", "p95 / floor");
        foreach (var one in size.Measurements)
        {
            var floor = FloorOf(one, size.Measurements);
            latency.Add(one.Name, one.Clients, one.P50Ms, one.P95Ms, one.P99Ms, one.PerSecond, one.P50Spread, one.P95Spread, one.P50Ms / floor?.P50Ms, one.P95Ms / floor?.P95Ms);
        }
        var kinds = new MarkdownTable("kind of query", "queries", "lexical p50 ms", "lexical p95 ms", "retriever p50 ms", "retriever p95 ms");
        foreach (var kind in size.Kinds)
        {
            kinds.Add(kind.Kind, kind.Queries, kind.Lexical.P50Ms, kind.Lexical.P95Ms, kind.Retriever.P50Ms, kind.Retriever.P95Ms);
        }
        var stages = new MarkdownTable("stage of the retriever", "p50 ms", "p95 ms");
        foreach (var stage in size.Stages)
        {
            stages.Add(stage.Stage, stage.P50Ms, stage.P95Ms);
        }
        var relations = new MarkdownTable("relation", "kind", "MB");
        foreach (var relation in size.Relations.Where(relation => relation.Bytes > BytesPerMb))
        {
            relations.Add(relation.Name, relation.Kind, relation.Bytes / BytesPerMb);
        }
        var filters = new MarkdownTable(
            "readable %", "chunks", "recall@10 lexical", "vector", "retriever", "short results", "foreign chunks", "retriever p50 ms", "p95 ms", "lexical p50", "p95", "vector p50", "p95");
        foreach (var one in size.Filters)
        {
            filters.Add(one.Percent, one.PermittedChunks, one.LexicalRecall, one.VectorRecall, one.RetrieverRecall, one.Short, one.Foreign,
                one.Retriever.P50Ms, one.Retriever.P95Ms, one.Lexical.P50Ms, one.Lexical.P95Ms, one.Vector.P50Ms, one.Vector.P95Ms);
        }
        var recalls = new MarkdownTable("raw statement", "recall@10 against exact", "queries");
        foreach (var floor in size.FloorRecalls)
        {
            recalls.Add(floor.Name, floor.Recall, floor.Queries);
        }
        text.AppendJoin('\n', latency, kinds, stages, filters, recalls, relations);
        return text.Append($"\nMemory: client {size.Memory.ClientMb:0} MB, backends {(size.Memory.BackendsPssMb is { } pss ? $"{pss:0} MB" : "not readable from here")}.\n").ToString();
    }

    /// <summary>How cost grows from size to size.</summary>
    public string Summarize()
    {
        var text = new StringBuilder($"{Machine.Cores} cores, {Machine.MemoryMb / 1024} GB, {Machine.Runtime}, {Machine.System}; load {Machine.Load} before, {LoadAfter} after; ");
        text.AppendJoin(", ", Server.Select(setting => $"{setting.Key} {setting.Value}")).Append($"; seed {Seed}, {Rounds} rounds, leg depth {Depth}, configuration {Configuration}\n\n");
        if (Sizes.Count < 2)
        {
            return text.ToString();
        }
        var growth = new MarkdownTable(["chunks", .. Sizes[0].Measurements.SelectMany(one => new[] { $"{one.Name} ×{one.Clients} p50", "p95" })]);
        foreach (var size in Sizes)
        {
            growth.Add([size.Build.Chunks, .. size.Measurements.SelectMany(one => new object[] { one.P50Ms, one.P95Ms })]);
        }
        return text.Append(growth).ToString();
    }

    /// <summary>The retriever is compared with the floors of both legs together, a leg with its own; HNSW as the product searches it.</summary>
    private static Measurement? FloorOf(Measurement one, IReadOnlyList<Measurement> all)
    {
        if (one.Clients > 1)
        {
            return null;
        }
        var vectors = all.First(floor => floor.Name == $"{Floors.Vectors} 100");
        var lexemes = all.First(floor => floor.Name == Floors.Lexemes);
        return one.Name switch
        {
            "retriever" => vectors with { P50Ms = vectors.P50Ms + lexemes.P50Ms, P95Ms = vectors.P95Ms + lexemes.P95Ms },
            "lexical leg" => lexemes,
            "vector leg" => vectors,
            Floors.BuiltInRanking => all.First(leg => leg.Name == "lexical leg"),
            _ => null,
        };
    }
}
