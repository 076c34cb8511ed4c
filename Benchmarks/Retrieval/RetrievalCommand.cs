using System.CommandLine;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>What one run measures, and on what.</summary>
internal sealed record RetrievalBenchmarkSettings
{
    public required DirectoryInfo Folder { get; init; }
    public required string Connection { get; init; }
    public FileInfo? Json { get; init; }

    /// <summary>Chunks to measure at, ascending; the corpus grows from one to the next. Empty: all files of the folder.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [];
    public required int Queries { get; init; }
    public required int Rounds { get; init; }
    public required int Workers { get; init; }
    public required int Seed { get; init; }
    public required string Tenant { get; init; }
    public required string Collection { get; init; }
}

internal static class RetrievalCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Markdown files that become the corpus. Not read when the collection already holds enough chunks." };
        var connection = CommonOptions.Connection();
        var json = new Option<FileInfo?>("--json") { Description = "File for every figure." };
        var chunks = new Option<int[]>("--chunks") { Description = "Sizes to measure at, ascending, such as 10000 50000 150000; the corpus grows between them. All files when absent.", AllowMultipleArgumentsPerToken = true };
        var queries = CommonOptions.Number("--queries", 400, 40, 100_000, "Queries, drawn with the seed from titles and headings.");
        var rounds = CommonOptions.Number("--rounds", 3, 1, 100, "How often everything is measured; the spread over rounds is the noise.");
        var workers = CommonOptions.Number("--workers", Environment.ProcessorCount, 1, 64, "Documents that are ingested at a time.");
        var seed = CommonOptions.Number("--seed", 7, 0, int.MaxValue, "Seed of the order of files and of the queries.");
        var tenant = new Option<string>("--tenant") { Description = "Tenant of the corpus.", DefaultValueFactory = _ => "benchmarks" };
        var collection = new Option<string>("--collection") { Description = "Collection of the corpus.", DefaultValueFactory = _ => "benchmark" };
        var command = new Command("retrieval", "Measures the retriever and its legs beside raw statements of the same database.")
        {
            folder, connection, json, chunks, queries, rounds, workers, seed, tenant, collection,
        };
        command.SetAction((parsed, ct) => new RetrievalBenchmark(
            new()
            {
                Folder = parsed.GetRequiredValue(folder),
                Connection = parsed.GetRequiredValue(connection),
                Json = parsed.GetValue(json),
                Sizes = [.. (parsed.GetValue(chunks) ?? []).Order()],
                Queries = parsed.GetValue(queries),
                Rounds = parsed.GetValue(rounds),
                Workers = parsed.GetValue(workers),
                Seed = parsed.GetValue(seed),
                Tenant = parsed.GetRequiredValue(tenant),
                Collection = parsed.GetRequiredValue(collection),
            },
            TimeProvider.System).RunAsync(Console.Out, ct));
        return command;
    }
}
