using AiApp.Rag.Access;
using AiApp.Rag.Documents;

namespace AiApp.Integration.Tests.Ingestion;

public sealed class WatchTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    [Fact]
    public async Task A_watcher_sees_its_tenants_documents_become_ready_and_no_others()
    {
        var tenant = await fixture.NewTenantAsync();
        var other = await fixture.NewTenantAsync();
        await using var watch = fixture.Documents.WatchAsync(tenant, PrincipalSet.Everyone, CancellationToken.None).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        await fixture.AddAsync(other, "foreign.md", "text");
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;

        await first;
        await fixture.IngestAsync(tenant, id);
        while (watch.Current.Status != DocumentStatus.Ready)
        {
            Assert.Equal(tenant, watch.Current.Tenant);
            await watch.MoveNextAsync();
        }

        Assert.Equal((id, 1), (watch.Current.Id, watch.Current.VersionNumber));
    }

    [Fact]
    public async Task A_watcher_that_comes_ten_seconds_after_the_list_is_told_what_changed_between()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        await fixture.ReadAsync<long>(
            $"WITH moved AS (UPDATE document SET updated_at = now() - interval '10 seconds' WHERE document_id = '{id}' RETURNING 1) SELECT count(*) FROM moved");

        await using var watch = fixture.Documents.WatchAsync(tenant, PrincipalSet.Everyone, CancellationToken.None).GetAsyncEnumerator();
        await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(id, watch.Current.Id);
    }

    [Fact]
    public async Task A_watcher_outlives_the_loss_of_its_connection()
    {
        var tenant = await fixture.NewTenantAsync();
        await using var watch = fixture.Documents.WatchAsync(tenant, PrincipalSet.Everyone, CancellationToken.None).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        await fixture.AddAsync(tenant, "a.md", "text");
        await next;

        await fixture.ReadAsync<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL");
        await ReachAsync(async () => await fixture.AddAsync(tenant, "b.md", "text"));

        do
        {
            await watch.MoveNextAsync();
        }
        while (watch.Current.SourceUri != "b.md");
    }

    [Fact]
    public async Task Watching_ends_by_cancellation_only()
    {
        var tenant = await fixture.NewTenantAsync();
        using var stop = new CancellationTokenSource();
        await using var watch = fixture.Documents.WatchAsync(tenant, PrincipalSet.Everyone, stop.Token).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    // Pooled connections notice their end only when they are used.
    private static async Task ReachAsync(Func<Task> step)
    {
        while (true)
        {
            try
            {
                await step();
                return;
            }
            catch (Npgsql.NpgsqlException)
            {
            }
        }
    }
}
