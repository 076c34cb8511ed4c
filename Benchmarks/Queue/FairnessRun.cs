using System.Text;
using AiApp.Benchmarks.Measuring;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Benchmarks.Queue;

/// <summary>One tenant's backlog is worked off while another uploads a document a second and waits for it.</summary>
internal sealed class FairnessRun(IServiceProvider worker, IServiceProvider api, QueueBenchmarkSettings settings, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly DocumentStore _documents = api.GetRequiredService<DocumentStore>();

    public async Task<FairnessResult> MeasureAsync(TenantId tenant, TenantId busy, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var working = Task.WhenAll(Enumerable.Range(0, settings.Workers).Select(_ => Task.Run(() => WorkAsync(enough.Token), ct)));
        var seconds = new List<double>();
        for (var i = 0; i < settings.Uploads; i++)
        {
            var start = clock.GetTimestamp();
            await UploadAsync(tenant, i, ct);
            var elapsed = clock.GetElapsedTime(start);
            seconds.Add(elapsed.TotalSeconds);
            await Task.Delay(elapsed < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) - elapsed : TimeSpan.Zero, clock, ct);
        }
        await enough.CancelAsync();
        await working;
        var left = await _documents.SummarizeAsync(busy, PrincipalSet.Everyone, ct);
        return new(settings.Backlog, settings.Uploads, Percentiles.Median(seconds), seconds.Max(), left.Waiting + left.Working);
    }

    private async Task UploadAsync(TenantId tenant, int number, CancellationToken ct)
    {
        var added = await _documents.AddAsync(tenant, PrincipalSet.Everyone, new NewDocument
        {
            Collection = "benchmark",
            SourceUri = $"{number}.md",
            MediaType = "text/markdown",
            Bytes = Encoding.UTF8.GetBytes(QueueStore.Text(-1 - number)),
        }, ct);
        while ((await _documents.FindAsync(tenant, PrincipalSet.Everyone, added!.DocumentId, ct))?.Status != DocumentStatus.Ready)
        {
            await Task.Delay(Look, clock, ct);
        }
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        var queue = worker.GetRequiredService<JobQueue>();
        var runner = worker.GetRequiredService<IngestionRunner>();
        while (!ct.IsCancellationRequested)
        {
            var jobs = await queue.ClaimGroupAsync(CancellationToken.None);
            await runner.RunAsync([.. jobs.Select(job => new HeldJob(job, CancellationToken.None))], ct);
        }
    }
}
