using System.Collections.Concurrent;
using System.Text.Json;
using AiApp.Benchmarks.Measuring;
using AiApp.Rag.Jobs;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Queue;

/// <summary>Claims and finishes of one loop; durations in milliseconds.</summary>
internal sealed record LoopResult(string Name, int Jobs, double PerSecond, double ClaimP50Ms, double ClaimP99Ms, double FinishP50Ms);

/// <summary>Seconds from an upload until the document is searchable, beside another tenant's backlog.</summary>
internal sealed record FairnessResult(int Backlog, int Uploads, double P50Seconds, double MaxSeconds, int Left);

internal sealed record QueueReport(Machine Machine, int Workers, int Finished, IReadOnlyList<LoopResult> Loops, FairnessResult Fairness);

/// <summary>The queue alone, then a raw one, then both tenants with the whole of ingestion.</summary>
internal sealed class QueueBenchmark(QueueBenchmarkSettings settings, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        using var host = BenchmarkHost.Build(settings.Connection, StorageRole.Worker);
        using var api = BenchmarkHost.Build(settings.Connection, StorageRole.Application);
        await using var database = BenchmarkHost.CreateOwner(settings.Connection);
        var store = new QueueStore(database);
        var queue = host.Services.GetRequiredService<JobQueue>();
        var tenant = await NewTenantAsync(host.Services, ct);
        await store.AddFinishedAsync(tenant, settings.Finished, ct);
        await store.AddWaitingAsync(tenant, settings.Jobs, ct);
        var ours = await LoopAsync("queue", async token => await queue.ClaimAsync(token), store.FinishAsync, ct);
        await store.FillRawAsync(settings.Jobs, ct);
        var raw = await LoopAsync("raw SKIP LOCKED", async token => await store.ClaimRawAsync(token) is { } id ? new RawJob(id) : null, (job, token) => store.FinishRawAsync(job.Id, token), ct);
        await store.DropRawAsync(ct);

        var busy = await NewTenantAsync(host.Services, ct);
        await store.AddWaitingAsync(busy, settings.Backlog, ct);
        var fairness = await new FairnessRun(host.Services, api.Services, settings, clock).MeasureAsync(await NewTenantAsync(host.Services, ct), busy, ct);
        var report = new QueueReport(Machine.Read(), settings.Workers, settings.Finished, [ours, raw], fairness);
        await output.WriteLineAsync(Describe(report));
        if (settings.Json is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, Json), ct);
        }
        return 0;
    }

    private static Task<TenantId> NewTenantAsync(IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync($"queue-{Guid.NewGuid():N}", ct);

    private async Task<LoopResult> LoopAsync<TJob>(
        string name, Func<CancellationToken, Task<TJob?>> claimAsync, Func<TJob, CancellationToken, Task> finishAsync, CancellationToken ct)
        where TJob : class
    {
        var (claims, finishes) = (new ConcurrentBag<double>(), new ConcurrentBag<double>());
        var start = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, settings.Workers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var before = clock.GetTimestamp();
                if (await claimAsync(ct) is not { } job)
                {
                    return;
                }
                claims.Add(clock.GetElapsedTime(before).TotalMilliseconds);
                before = clock.GetTimestamp();
                await finishAsync(job, ct);
                finishes.Add(clock.GetElapsedTime(before).TotalMilliseconds);
            }
        }, ct)));
        var seconds = clock.GetElapsedTime(start).TotalSeconds;
        return new(name, claims.Count, claims.Count / seconds, Percentiles.Median(claims), Percentiles.At(claims, 0.99), Percentiles.Median(finishes));
    }

    private static string Describe(QueueReport report)
    {
        var table = new MarkdownTable("loop", "jobs", "jobs/s", "of raw", "claim p50 ms", "claim p99 ms", "finish p50 ms");
        foreach (var loop in report.Loops)
        {
            table.Add(loop.Name, loop.Jobs, loop.PerSecond, loop.PerSecond / report.Loops[^1].PerSecond, loop.ClaimP50Ms, loop.ClaimP99Ms, loop.FinishP50Ms);
        }
        var fair = report.Fairness;
        return $"{report.Workers} workers, {report.Finished:N0} finished jobs there before.\n\n{table}\n"
            + $"Beside a backlog of {fair.Backlog:N0} documents ({fair.Left:N0} left at the end), {fair.Uploads} single uploads of another tenant were searchable after "
            + $"{fair.P50Seconds:0.00} s at the median, {fair.MaxSeconds:0.00} s at most.";
    }

    private sealed record RawJob(long Id);
}
