using AiApp.Integration.Tests.Ingestion;
using AiApp.Rag.Access;
using AiApp.Rag.Jobs;
using Npgsql;

namespace AiApp.Integration.Tests.Queue;

public sealed class CancellationRaceTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const int Documents = 6;
    private const int Rounds = 150;

    // A document waits or is worked on exactly while it has a job, is ready with the bytes of its version, and cancelled without one.
    private const string Contradictions = """
        SELECT count(*)
        FROM document AS d
        LEFT JOIN job AS j USING (tenant_id, document_id)
        LEFT JOIN document_version AS v ON v.tenant_id = d.tenant_id AND v.version_id = d.current_version_id
        WHERE d.tenant_id = $1
          AND ((d.status IN ('waiting', 'working')) <> (j.job_id IS NOT NULL)
               OR (d.status = 'ready' AND v.content_hash IS DISTINCT FROM d.content_hash)
               OR (d.status = 'cancelled' AND v.version_id IS NOT NULL))
        """;

    [Fact]
    public async Task Uploads_cancellations_and_workers_that_meet_leave_no_contradiction()
    {
        var tenant = await fixture.NewTenantAsync();
        var store = new QueueStore(fixture.Get<NpgsqlDataSource>());
        using var done = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 3).Select(_ => WorkAsync(done.Token)).ToList();

        await Task.WhenAll(UploadAsync(new Random(1)), UploadAsync(new Random(2)), CancelAsync(new Random(3)));
        await done.CancelAsync();
        await Task.WhenAll(workers);

        Assert.Equal(0L, await fixture.ReadAsync<long>(Contradictions, tenant));
        await WorkAsync(CancellationToken.None);
        Assert.Equal(0L, await fixture.ReadAsync<long>(Contradictions, tenant));
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1", tenant));

        async Task UploadAsync(Random random)
        {
            for (var round = 0; round < Rounds; round++)
            {
                await fixture.AddAsync(tenant, $"{random.Next(Documents)}.md", $"text {random.Next(4)}");
            }
        }

        async Task CancelAsync(Random random)
        {
            for (var round = 0; round < Rounds; round++)
            {
                if (random.Next(5) == 0)
                {
                    await store.CancelAsync(tenant, PrincipalSet.Everyone, null, CancellationToken.None);
                    continue;
                }
                var page = await fixture.Documents.ListAsync(tenant, PrincipalSet.Everyone, null, null, Documents, CancellationToken.None);
                if (page.Items.Count > 0)
                {
                    await fixture.Documents.CancelAsync(tenant, PrincipalSet.Everyone, page.Items[random.Next(page.Items.Count)].Id, CancellationToken.None);
                }
            }
        }
    }

    /// <summary>Until told to stop, or until there is nothing left to do when nobody will tell.</summary>
    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await fixture.Queue.ClaimAsync(CancellationToken.None) is { } job)
            {
                await fixture.Runner.RunAsync(job, CancellationToken.None, CancellationToken.None);
            }
            else if (!stop.CanBeCanceled)
            {
                return;
            }
        }
    }
}
