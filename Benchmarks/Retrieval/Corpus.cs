using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>
/// What it took to reach a size: through the pipeline, to build the distance index, to merge statistics and vacuum. Zero seconds:
/// the database held it already.
/// </summary>
internal sealed record CorpusBuild(int Chunks, int AddedChunks, double Seconds, double IndexSeconds, double MaintenanceSeconds);

/// <summary>
/// Markdown files through the real pipeline, in an order drawn with the seed, so that every size is a fair part of the whole.
/// One collection grows from size to size: at each of them the indexes hold these chunks and no others.
/// </summary>
internal sealed class Corpus(IServiceProvider services, CorpusStore store, TenantId tenant, RetrievalBenchmarkSettings settings, TimeProvider clock)
{
    // Files between two looks at the size: the last block makes a corpus a few hundred chunks larger than asked.
    private const int Block = 64;
    private const int BlocksBetweenMerges = 20;

    private IEnumerator<string[]>? _files;

    public async Task<CorpusBuild> EnsureAsync(int size, CancellationToken ct)
    {
        var before = await store.CountChunksAsync(tenant, settings.Collection, ct);
        if (before >= size || (size == int.MaxValue && before > 0))
        {
            return new(before, 0, 0, 0, 0);
        }
        // Vector by vector it would take most of the time.
        var index = await DropDistanceIndexAsync(ct);
        _files ??= ListFiles().Chunk(Block).GetEnumerator();
        var start = clock.GetTimestamp();
        var chunks = before;
        for (var block = 1; chunks < size && _files.MoveNext(); block++)
        {
            await AddAsync(_files.Current, ct);
            await DrainAsync(ct);
            if (block % BlocksBetweenMerges == 0)
            {
                await services.GetRequiredService<LexemeStatistics>().MergeAsync(ct);
            }
            chunks = await store.CountChunksAsync(tenant, settings.Collection, ct);
        }
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        start = clock.GetTimestamp();
        if (index is not null)
        {
            await store.BuildIndexAsync(index, ct);
        }
        var indexSeconds = clock.GetElapsedTime(start).TotalSeconds;
        start = clock.GetTimestamp();
        await services.GetRequiredService<AverageLengths>().AdjustAsync(ct);
        await services.GetRequiredService<LexemeStatistics>().MergeAsync(ct);
        await store.VacuumAsync(ct);
        return new(chunks, chunks - before, seconds, indexSeconds, clock.GetElapsedTime(start).TotalSeconds);
    }

    private async Task<string?> DropDistanceIndexAsync(CancellationToken ct) =>
        await store.DropDistanceIndexAsync(await services.GetRequiredService<EmbeddingSpaces>().GetCurrentAsync(ct), ct);

    private string[] ListFiles()
    {
        var files = Directory.EnumerateFiles(settings.Folder.FullName, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        new Random(settings.Seed).Shuffle(files);
        return files;
    }

    private Task AddAsync(string[] files, CancellationToken ct)
    {
        var documents = services.GetRequiredService<DocumentStore>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Workers, CancellationToken = ct };
        return Parallel.ForEachAsync(files, options, async (file, token) =>
        {
            var uri = Path.GetRelativePath(settings.Folder.FullName, file).Replace('\\', '/');
            await documents.AddAsync(tenant, BenchmarkReaders.Everything, new NewDocument
            {
                Collection = settings.Collection,
                SourceUri = uri,
                MediaType = "text/markdown",
                Bytes = await File.ReadAllBytesAsync(file, token),
                Readers = BenchmarkReaders.Of(uri),
            }, token);
        });
    }

    private Task DrainAsync(CancellationToken ct)
    {
        var queue = services.GetRequiredService<JobQueue>();
        var runner = services.GetRequiredService<IngestionRunner>();
        return Task.WhenAll(Enumerable.Range(0, settings.Workers).Select(async _ =>
        {
            while (await queue.ClaimAsync(ct) is { } job)
            {
                await runner.RunAsync(job, CancellationToken.None, ct);
            }
        }));
    }
}
