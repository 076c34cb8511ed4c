using System.Text;
using AiApp.Benchmarks.Measuring;
using AiApp.Benchmarks.Retrieval;
using AiApp.Rag.Documents;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Ingestion;

/// <summary>A tenant of its own takes a folder in, takes it in again, and takes in what was edited; then the floors write the same chunks.</summary>
internal sealed class IngestionBenchmark(IngestionBenchmarkSettings settings, TimeProvider clock)
{
    private const int EditedOneIn = 100;

    public async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        var machine = Machine.Read();
        using var host = BenchmarkHost.Build(settings.Connection, StorageRole.Worker);
        using var api = BenchmarkHost.Build(settings.Connection, StorageRole.Application);
        await using var database = BenchmarkHost.CreateOwner(settings.Connection);
        var tenant = await host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync($"ingestion-{Guid.NewGuid():N}", ct);
        var run = new IngestionRun(host.Services, api.Services.GetRequiredService<DocumentStore>(), tenant, settings.Workers, clock);
        var files = ListFiles();
        var runs = new List<RunResult> { await run.MeasureAsync("all files", Read(files, edited: false), ct) };
        await output.WriteLineAsync($"{runs[0].Chunks} chunks in {runs[0].Seconds:0} s");
        var start = clock.GetTimestamp();
        await run.IndexAsync(ct);
        var indexSeconds = clock.GetElapsedTime(start).TotalSeconds;
        runs.Add(await run.MeasureAsync("the same again", Read(files, edited: false), ct));
        runs.Add(await run.MeasureAsync("one in a hundred edited", Read(files, edited: true), ct));

        var space = await host.Services.GetRequiredService<EmbeddingSpaces>().GetCurrentAsync(ct);
        var floor = new CopyFloor(database, space, await CopyFloor.ReadAsync(database, space, tenant, ct), clock);
        var report = new IngestionReport
        {
            Machine = machine,
            LoadAfter = Machine.Read().Load,
            Server = await new CorpusStore(database).ListSettingsAsync(ct),
            Seed = settings.Seed,
            Workers = settings.Workers,
            Runs = runs,
            IndexSeconds = indexSeconds,
            Floors =
            [
                await floor.MeasureInPlaceAsync(1, ct),
                await floor.MeasureInPlaceAsync(settings.Workers, ct),
                await floor.MeasureIndexedAfterAsync(settings.Workers, densely: false, ct),
                await floor.MeasureIndexedAfterAsync(settings.Workers, densely: true, ct),
            ],
            Peer = settings.Peer is { } peer
                ? await new PeerRun(peer, settings.Connection).MeasureAsync(settings.Folder, files.Take(settings.PeerFiles), ct)
                : null,
        };
        await output.WriteLineAsync(report.Describe());
        if (settings.Json is { } file)
        {
            await report.WriteAsync(file, ct);
        }
        return 0;
    }

    private List<string> ListFiles()
    {
        var files = Directory.EnumerateFiles(settings.Folder.FullName, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        new Random(settings.Seed).Shuffle(files);
        return [.. files.Take(settings.Files)];
    }

    private List<BenchmarkFile> Read(IEnumerable<string> files, bool edited) =>
        [.. files.Select((path, i) => new BenchmarkFile(
            Path.GetRelativePath(settings.Folder.FullName, path).Replace('\\', '/'),
            () => edited && i % EditedOneIn == 0 ? Edit(File.ReadAllText(path)) : File.ReadAllBytes(path)))];

    /// <summary>One more sentence where the middle of the text breaks, as an editor would add one.</summary>
    private static byte[] Edit(string text)
    {
        var place = text.IndexOf("\n\n", text.Length / 2, StringComparison.Ordinal);
        const string Sentence = "\n\nThis paragraph was added by an editor afterwards.";
        return Encoding.UTF8.GetBytes(place < 0 ? text + Sentence : text.Insert(place, Sentence));
    }
}
