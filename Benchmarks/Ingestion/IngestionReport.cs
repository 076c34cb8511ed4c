using System.Text;
using System.Text.Json;
using AiApp.Benchmarks.Measuring;

namespace AiApp.Benchmarks.Ingestion;

/// <summary>Everything that was measured, and where.</summary>
internal sealed record IngestionReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required Machine Machine { get; init; }
    public required double? LoadAfter { get; init; }
    public required IReadOnlyDictionary<string, string> Server { get; init; }
    public required int Seed { get; init; }
    public required int Workers { get; init; }

    /// <summary>First all files, then the same again, then with one in a hundred edited.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>From the end of the first run until every vector is in the distance index.</summary>
    public required double IndexSeconds { get; init; }
    public required IReadOnlyList<FloorResult> Floors { get; init; }

    /// <summary>What the peer printed; null when it was left out.</summary>
    public string? Peer { get; init; }

    public Task WriteAsync(FileInfo file, CancellationToken ct) => File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(this, Json), ct);

    public string Describe()
    {
        var first = Runs[0];
        var runs = new MarkdownTable("run", "files", "unchanged", "chunks", "embedded", "reused", "share embedded %", "s", "documents/s", "chunks/s", "own cpu s", "memory MB");
        foreach (var run in Runs)
        {
            runs.Add(run.Name, run.Files, run.Unchanged, run.Chunks, run.Embedded, run.Reused, 100.0 * run.Embedded / run.Chunks, run.Seconds, run.Files / run.Seconds,
                (run.Embedded + run.Reused) / run.Seconds, run.ProcessorSeconds, string.Join(" ", run.MemoryMb.Select(mb => MarkdownTable.Format(mb))));
        }
        var (searchable, indexed) = (first.Chunks / first.Seconds, first.Chunks / (first.Seconds + IndexSeconds));
        var floors = new MarkdownTable("floor", "s", "chunks/s", "searchable / floor", "indexed / floor");
        foreach (var floor in Floors)
        {
            floors.Add(floor.Name, floor.Seconds, floor.ChunksPerSecond, searchable / floor.ChunksPerSecond, indexed / floor.ChunksPerSecond);
        }
        return new StringBuilder().Append($"{Workers} workers, seed {Seed}. Searchable after {first.Seconds:0} s ({searchable:0} chunks/s), distance index built {IndexSeconds:0} s later ({indexed:0} chunks/s over both).\n\n")
            .Append(runs).Append('\n').Append(floors).Append('\n')
            .Append(Peer is null ? "The peer was left out: give --peer.\n" : Peer).ToString();
    }
}
