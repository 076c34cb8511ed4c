using System.Text;
using AiApp.Integration.Tests.Ingestion;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Integration.Tests.Queue;

public sealed class ClassTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    [Fact]
    public async Task What_somebody_waits_for_comes_first_and_every_fourth_turn_goes_to_the_oldest()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < 4; i++)
        {
            await AddAsync(tenant, $"bulk {i}", JobClass.Bulk);
        }
        await AddAsync(tenant, "normal", JobClass.Normal);
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(tenant, $"interactive {i}", JobClass.Interactive);
        }

        var turns = new List<string>();
        var queue = NewQueue();
        while (await queue.ClaimAsync(CancellationToken.None) is { } job)
        {
            if (job.Tenant == tenant)
            {
                turns.Add(await FindNameAsync(job));
            }
        }

        Assert.Equal(
            ["interactive 0", "interactive 1", "interactive 2", "bulk 0", "interactive 3", "interactive 4", "normal", "bulk 1", "bulk 2", "bulk 3"], turns);
    }

    [Fact]
    public async Task Jobs_that_are_not_due_are_not_taken_whatever_their_class()
    {
        var tenant = await fixture.NewTenantAsync();
        var later = await AddAsync(tenant, "later", JobClass.Interactive);
        await fixture.ReadAsync<int>("UPDATE job SET run_at = now() + interval '1 hour' WHERE document_id = $1 RETURNING 1", later);
        var due = await AddAsync(tenant, "due", JobClass.Bulk);

        Assert.Equal(due, (await fixture.ClaimAsync(due)).DocumentId);

        Assert.Equal("available", await fixture.ReadAsync<string>("SELECT state FROM job WHERE document_id = $1", later));
    }

    [Fact]
    public async Task Small_uploads_of_a_class_are_claimed_together_and_others_alone()
    {
        var (tenant, other) = (await fixture.NewTenantAsync(), await fixture.NewTenantAsync());
        foreach (var name in new[] { "one", "two", "three" })
        {
            await AddAsync(tenant, name, JobClass.Interactive);
        }
        var large = await AddAsync(tenant, "large", JobClass.Interactive);
        await fixture.ReadAsync<int>("UPDATE document SET size_bytes = 1000000 WHERE document_id = $1 RETURNING 1", large);
        var crashed = await AddAsync(tenant, "crashed", JobClass.Interactive);
        await fixture.ReadAsync<int>("UPDATE job SET crash_count = 1 WHERE document_id = $1 RETURNING 1", crashed);
        await AddAsync(tenant, "bulk", JobClass.Bulk);
        await AddAsync(other, "foreign", JobClass.Interactive);

        var groups = new List<string>();
        var queue = NewQueue();
        while (await queue.ClaimGroupAsync(CancellationToken.None) is { Count: > 0 } jobs)
        {
            var names = await Task.WhenAll(jobs.Where(job => job.Tenant == tenant).Select(FindNameAsync));
            groups.Add(string.Join(' ', names.Order()));
        }

        Assert.Equal(["bulk", "crashed", "large", "one three two"], groups.Where(group => group.Length > 0).Order());
    }

    [Fact]
    public async Task Nothing_of_a_paused_tenant_is_begun_until_it_goes_on()
    {
        var (paused, other) = (await fixture.NewTenantAsync(), await fixture.NewTenantAsync());
        var store = new QueueStore(fixture.Get<NpgsqlDataSource>());
        var first = await AddAsync(paused, "first", JobClass.Interactive);
        var running = await fixture.ClaimAsync(first);
        await store.PauseAsync(paused, PrincipalSet.Everyone, "anna", "maintenance", CancellationToken.None);
        var waiting = await AddAsync(paused, "waiting", JobClass.Interactive);
        var free = await AddAsync(other, "free", JobClass.Bulk);

        var claimed = new List<Guid>();
        while (await fixture.Queue.ClaimAsync(CancellationToken.None) is { } job)
        {
            claimed.Add(job.DocumentId);
        }
        await fixture.Runner.RunAsync(running, CancellationToken.None, CancellationToken.None);

        Assert.Contains(free, claimed);
        Assert.DoesNotContain(waiting, claimed);
        Assert.Equal(DocumentStatus.Ready, (await fixture.Documents.FindAsync(paused, PrincipalSet.Everyone, first, CancellationToken.None))!.Status);
        var summary = await store.SummarizeAsync(paused, PrincipalSet.Everyone, CancellationToken.None);
        Assert.Equal(("anna", "maintenance", QueueForecast.Paused), (summary.Pause!.By, summary.Pause.Reason, summary.Forecast.Reason));
        await store.ResumeAsync(paused, PrincipalSet.Everyone, CancellationToken.None);
        Assert.Equal(waiting, (await fixture.ClaimAsync(waiting)).DocumentId);
    }

    private async Task<string> FindNameAsync(Job job) =>
        (await fixture.Documents.FindAsync(job.Tenant, PrincipalSet.Everyone, job.DocumentId, CancellationToken.None))!.SourceUri;

    private JobQueue NewQueue() => new(fixture.Get<NpgsqlDataSource>(), Options.Create(new JobsOptions()));

    private async Task<Guid> AddAsync(TenantId tenant, string name, JobClass jobClass) =>
        (await fixture.Documents.AddAsync(tenant, PrincipalSet.Everyone, new NewDocument
        {
            Collection = "default",
            SourceUri = name,
            MediaType = "text/markdown",
            Bytes = Encoding.UTF8.GetBytes(name),
            Class = jobClass,
        }, CancellationToken.None))!.DocumentId;
}
