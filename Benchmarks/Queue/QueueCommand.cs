using System.CommandLine;

namespace AiApp.Benchmarks.Queue;

internal sealed record QueueBenchmarkSettings
{
    public required string Connection { get; init; }
    public FileInfo? Json { get; init; }

    /// <summary>Jobs of each loop.</summary>
    public required int Jobs { get; init; }
    public required int Finished { get; init; }

    /// <summary>Waiting jobs of the tenant that another one uploads beside.</summary>
    public required int Backlog { get; init; }
    public required int Uploads { get; init; }
    public required int Workers { get; init; }
}

internal static class QueueCommand
{
    public static Command Create()
    {
        var connection = CommonOptions.Connection();
        var json = new Option<FileInfo?>("--json") { Description = "File for every figure." };
        var jobs = CommonOptions.Number("--jobs", 20_000, 100, 10_000_000, "Jobs of each loop.");
        var finished = CommonOptions.Number("--finished", 1_000_000, 0, 100_000_000, "Finished jobs that are there before.");
        var backlog = CommonOptions.Number("--backlog", 50_000, 0, 10_000_000, "Waiting documents of one tenant while another uploads.");
        var uploads = CommonOptions.Number("--uploads", 20, 1, 10_000, "Single uploads of the other tenant, one a second.");
        var workers = CommonOptions.Number("--workers", Environment.ProcessorCount, 1, 64, "Workers of every loop.");
        var command = new Command("queue", "Measures the job queue beside a raw SKIP LOCKED loop of the same server, and what one tenant's backlog does to another.")
        {
            connection, json, jobs, finished, backlog, uploads, workers,
        };
        command.SetAction((parsed, ct) => new QueueBenchmark(
            new()
            {
                Connection = parsed.GetRequiredValue(connection),
                Json = parsed.GetValue(json),
                Jobs = parsed.GetValue(jobs),
                Finished = parsed.GetValue(finished),
                Backlog = parsed.GetValue(backlog),
                Uploads = parsed.GetValue(uploads),
                Workers = parsed.GetValue(workers),
            },
            TimeProvider.System).RunAsync(Console.Out, ct));
        return command;
    }
}
