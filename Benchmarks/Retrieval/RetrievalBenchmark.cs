using AiApp.Benchmarks.Measuring;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Retrieval;

/// <summary>Builds the corpus size by size, measures at each, and reports.</summary>
internal sealed class RetrievalBenchmark(RetrievalBenchmarkSettings settings, TimeProvider clock)
{
    public async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        using var worker = BenchmarkHost.Build(settings.Connection, StorageRole.Worker);
        // What is measured reads as a caller does, through the policies of the database.
        using var host = BenchmarkHost.Build(settings.Connection, StorageRole.Application);
        await using var database = BenchmarkHost.CreateOwner(settings.Connection);
        var store = new CorpusStore(database);
        var tenant = await host.Services.GetRequiredService<ApiKeyStore>().FindOrAddTenantAsync(settings.Tenant, ct);
        var corpus = new Corpus(worker.Services, store, tenant, settings, clock);
        var legs = new Legs(host.Services, tenant, settings.Collection, clock);
        var before = Machine.Read();
        var results = new List<SizeResult>();
        IReadOnlyList<BenchmarkQuery>? sample = null;
        foreach (var size in settings.Sizes.DefaultIfEmpty(int.MaxValue))
        {
            var build = await corpus.EnsureAsync(size, ct);
            // Drawn at the smallest size and asked at all of them: only the corpus differs.
            sample ??= new QuerySample(settings.Seed).Take(
                await store.ListTitlesAsync(tenant, settings.Collection, ct), await store.ListHeadingsAsync(tenant, settings.Collection, ct), settings.Queries);
            var result = await new SizeRun(database, store, legs, settings, clock).MeasureAsync(build, sample, ct);
            await output.WriteLineAsync(RetrievalReport.Describe(result));
            results.Add(result);
        }
        var report = new RetrievalReport
        {
            Machine = before,
            LoadAfter = Machine.Read().Load,
            Server = await store.ListSettingsAsync(ct),
            Seed = settings.Seed,
            Rounds = settings.Rounds,
            Depth = legs.Depth,
            Configuration = legs.Configuration.Id,
            Sizes = results,
        };
        await output.WriteLineAsync(report.Summarize());
        if (settings.Json is { } file)
        {
            await report.WriteAsync(file, ct);
        }
        return 0;
    }
}
