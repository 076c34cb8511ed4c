using System.CommandLine;

namespace AiApp.Benchmarks.Ingestion;

internal sealed record IngestionBenchmarkSettings
{
    public required DirectoryInfo Folder { get; init; }
    public required string Connection { get; init; }
    public FileInfo? Json { get; init; }

    /// <summary>How many of the folder's files, drawn with the seed.</summary>
    public required int Files { get; init; }
    public required int Workers { get; init; }
    public required int Seed { get; init; }

    /// <summary>A folder with the peer's script and its packages; null leaves the peer out, and the report says so.</summary>
    public DirectoryInfo? Peer { get; init; }
    public required int PeerFiles { get; init; }
}

internal static class IngestionCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Markdown files to ingest." };
        var connection = CommonOptions.Connection();
        var json = new Option<FileInfo?>("--json") { Description = "File for every figure." };
        var files = CommonOptions.Number("--files", int.MaxValue, 10, int.MaxValue, "Files, drawn with the seed.");
        var workers = CommonOptions.Number("--workers", Environment.ProcessorCount, 1, 64, "Groups of documents that are ingested at a time, and writers of the second floor.");
        var seed = CommonOptions.Number("--seed", 7, 0, int.MaxValue, "Seed of the order of files and of what is edited.");
        var peer = new Option<DirectoryInfo?>("--peer") { Description = "Folder of the peer: Benchmarks/Ingestion/Peer after 'npm ci' in it. Left out when absent." };
        var peerFiles = CommonOptions.Number("--peer-files", 5000, 10, int.MaxValue, "Files that the peer ingests, the first ones.");
        var command = new Command("ingestion", "Measures ingestion from upload to searchable, beside COPY of the same chunks into the same server.")
        {
            folder, connection, json, files, workers, seed, peer, peerFiles,
        };
        command.SetAction((parsed, ct) => new IngestionBenchmark(
            new()
            {
                Folder = parsed.GetRequiredValue(folder),
                Connection = parsed.GetRequiredValue(connection),
                Json = parsed.GetValue(json),
                Files = parsed.GetValue(files),
                Workers = parsed.GetValue(workers),
                Seed = parsed.GetValue(seed),
                Peer = parsed.GetValue(peer),
                PeerFiles = parsed.GetValue(peerFiles),
            },
            TimeProvider.System).RunAsync(Console.Out, ct));
        return command;
    }
}
