using AiApp.Benchmarks.Measuring;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Ingestion.Indexing;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Ingestion;

/// <summary>A file as it is uploaded: <paramref name="Bytes"/> are read or made at that moment.</summary>
internal sealed record BenchmarkFile(string SourceUri, Func<byte[]> Bytes);

/// <summary>One upload of all files, and what became of it. Memory in MB, at the end of each quarter.</summary>
internal sealed record RunResult
{
    public required string Name { get; init; }
    public required int Files { get; init; }
    public required int Unchanged { get; init; }
    public required int Chunks { get; init; }
    public required long Embedded { get; init; }
    public required long Reused { get; init; }

    /// <summary>From the first upload until the last document is searchable.</summary>
    public required double Seconds { get; init; }
    /// <summary>Of this process: reading, chunking, embedding, and its side of the database.</summary>
    public required double ProcessorSeconds { get; init; }
    public required IReadOnlyList<double> MemoryMb { get; init; }
}

/// <summary>Uploads and ingests at the same time, as the Api and an Ingestor do, with the chores of an Ingestor beside.</summary>
internal sealed class IngestionRun(IServiceProvider services, DocumentStore uploads, TenantId tenant, int workers, TimeProvider clock)
{
    public const string Collection = "benchmark";

    private static readonly TimeSpan ChoresEvery = TimeSpan.FromSeconds(2);

    private readonly JobQueue _queue = services.GetRequiredService<JobQueue>();
    private readonly IngestionRunner _runner = services.GetRequiredService<IngestionRunner>();
    private int _uploaded;
    private int _unchanged;
    private volatile bool _allUploaded;

    public async Task<RunResult> MeasureAsync(string name, IReadOnlyList<BenchmarkFile> files, CancellationToken ct)
    {
        (_uploaded, _unchanged, _allUploaded) = (0, 0, false);
        using var embeddings = new EmbeddingCount();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var chores = ChoresAsync(ended.Token);
        var memory = new List<double>();
        var processor = Environment.CpuUsage.TotalTime;
        var start = clock.GetTimestamp();
        await Task.WhenAll([UploadAsync(files, memory, ct), .. Enumerable.Range(0, workers).Select(_ => Task.Run(() => IngestAsync(ct), ct))]);
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        await ended.CancelAsync();
        await chores;
        return new()
        {
            Name = name,
            Files = files.Count,
            Unchanged = _unchanged,
            Chunks = (await uploads.SummarizeAsync(tenant, PrincipalSet.Everyone, ct)).Chunks,
            Embedded = embeddings.Made,
            Reused = embeddings.Reused,
            Seconds = seconds,
            ProcessorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            MemoryMb = memory,
        };
    }

    /// <summary>Until every vector is in the distance index.</summary>
    public Task IndexAsync(CancellationToken ct) => services.GetRequiredService<DistanceIndexes>().FinishAsync(ct);

    private async Task UploadAsync(IReadOnlyList<BenchmarkFile> files, List<double> memory, CancellationToken ct)
    {
        foreach (var file in files)
        {
            var added = await uploads.AddAsync(tenant, PrincipalSet.Everyone, new NewDocument
            {
                Collection = Collection,
                SourceUri = file.SourceUri,
                MediaType = "text/markdown",
                Bytes = file.Bytes(),
            }, ct);
            _unchanged += added!.Unchanged ? 1 : 0;
            if (++_uploaded % Math.Max(1, files.Count / 4) == 0)
            {
                memory.Add(ProcessMemory.OwnMb());
            }
        }
        _allUploaded = true;
    }

    private async Task IngestAsync(CancellationToken ct)
    {
        while (true)
        {
            var last = _allUploaded;
            var jobs = await _queue.ClaimGroupAsync(ct);
            if (jobs.Count > 0)
            {
                await _runner.RunAsync([.. jobs.Select(job => new HeldJob(job, CancellationToken.None))], ct);
            }
            else if (last)
            {
                return;
            }
            else
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), clock, ct);
            }
        }
    }

    private async Task ChoresAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(ChoresEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await services.GetRequiredService<DistanceIndexes>().TendAsync(ct);
                await services.GetRequiredService<AverageLengths>().AdjustAsync(ct);
                await services.GetRequiredService<LexemeStatistics>().MergeAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
