using AiApp.Rag.Gateway;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Integration.Tests.Ingestion;

public sealed class QueueTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string JobState =
        "SELECT state || ' attempt ' || attempt || ' crashes ' || crash_count FROM job WHERE document_id = $1";

    [Fact]
    public async Task A_worker_whose_document_was_replaced_publishes_nothing()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "old text")).DocumentId;
        // In the middle of the work, after the bytes were read.
        fixture.Embeddings.Before = async _ => await fixture.AddAsync(tenant, "a.md", "new text");

        var fenced = await fixture.IngestAsync(tenant, id);

        Assert.Equal((DocumentStatus.Waiting, null), (fenced.Status, fenced.VersionNumber));
        Assert.Equal(1, (await fixture.IngestAsync(tenant, id)).VersionNumber);
        Assert.Equal("new text", (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, id, null, CancellationToken.None))!.Text);
    }

    [Fact]
    public async Task A_worker_whose_lease_ended_publishes_nothing_and_the_job_is_rescued()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        var job = await fixture.ClaimAsync(id);
        await fixture.ExpireAsync(job);

        Assert.True(await fixture.Queue.RescueAsync(CancellationToken.None) >= 1);

        Assert.Equal("available attempt 0 crashes 1", await fixture.ReadAsync<string>(JobState, id));
        Assert.DoesNotContain(job.Id, await fixture.Queue.RenewAsync([job], CancellationToken.None));
        await fixture.Runner.RunAsync(job, CancellationToken.None, CancellationToken.None);
        Assert.Null((await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!.VersionNumber);
        Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, id)).Status);
    }

    [Fact]
    public async Task A_tenant_with_a_backlog_does_not_hold_up_another()
    {
        var (busy, other) = (await fixture.NewTenantAsync(), await fixture.NewTenantAsync());
        for (var i = 0; i < 10; i++)
        {
            await fixture.AddAsync(busy, $"{i}.md", $"text {i}");
        }
        var added = (await fixture.AddAsync(other, "a.md", "text")).DocumentId;

        var turns = new List<Job>();
        while (await fixture.Queue.ClaimAsync(CancellationToken.None) is { } job && turns.Count(turn => turn.Tenant == busy) < 3)
        {
            turns.Add(job);
        }

        Assert.Contains(added, turns.Select(turn => turn.DocumentId));
    }

    [Fact]
    public async Task A_crash_that_was_seen_counts_as_one_and_the_last_gives_the_document_up()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;

        await fixture.Queue.CrashAsync(await fixture.ClaimAsync(id), CancellationToken.None);
        Assert.Equal("available attempt 0 crashes 1", await fixture.ReadAsync<string>(JobState, id));
        await fixture.Queue.CrashAsync(await fixture.ClaimAsync(id), CancellationToken.None);
        await fixture.Queue.CrashAsync(await fixture.ClaimAsync(id), CancellationToken.None);

        var document = (await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!;
        Assert.Equal((DocumentStatus.Failed, FailureCodes.PoisonDocument), (document.Status, document.FailureCode));
    }

    [Fact]
    public async Task A_renewed_lease_is_not_rescued()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        var job = await fixture.ClaimAsync(id);
        await fixture.ExpireAsync(job);
        // For longer than the fixture's second: the lease must not end again meanwhile.
        var longer = new JobQueue(fixture.Get<NpgsqlDataSource>(), Options.Create(new JobsOptions { LeaseSeconds = 60 }));

        Assert.Contains(job.Id, await longer.RenewAsync([job], CancellationToken.None));
        await fixture.Queue.RescueAsync(CancellationToken.None);

        Assert.Equal("running attempt 1 crashes 0", await fixture.ReadAsync<string>(JobState, id));
        Assert.True(await fixture.Queue.ReleaseAsync(job, CancellationToken.None));
    }

    [Fact]
    public async Task A_document_that_took_three_workers_down_is_poison()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        for (var crash = 0; crash < 3; crash++)
        {
            await fixture.ExpireAsync(await fixture.ClaimAsync(id));
            await fixture.Queue.RescueAsync(CancellationToken.None);
        }

        var document = (await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!;
        Assert.Equal((DocumentStatus.Failed, FailureCodes.PoisonDocument), (document.Status, document.FailureCode));
        Assert.Equal("discarded 3", await fixture.ReadAsync<string>("SELECT state || ' ' || crash_count FROM finished_job WHERE document_id = $1", id));
    }

    [Fact]
    public async Task An_outage_uses_no_attempt_up()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        fixture.Embeddings.Before = _ => throw new ModelProviderException("provider_error", "no route");

        Assert.Equal(DocumentStatus.Waiting, (await fixture.IngestAsync(tenant, id)).Status);

        Assert.Equal("retryable attempt 0 crashes 0", await fixture.ReadAsync<string>(JobState, id));
    }

    [Fact]
    public async Task A_failure_is_tried_again_and_shown_after_the_last_attempt()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            fixture.Embeddings.Before = _ => throw new InvalidOperationException("the text of a document");
            await fixture.ReadAsync<int>("UPDATE job SET run_at = now() WHERE document_id = $1 RETURNING 1", id);
            await fixture.IngestAsync(tenant, id);
        }

        var document = (await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!;
        Assert.Equal((DocumentStatus.Failed, FailureCodes.Internal), (document.Status, document.FailureCode));
        Assert.DoesNotContain("the text", document.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_stopped_by_shutdown_returns_to_the_queue_at_once()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        using var shutdown = new CancellationTokenSource();
        fixture.Embeddings.Before = async ct =>
        {
            await shutdown.CancelAsync();
            ct.ThrowIfCancellationRequested();
        };

        await fixture.Runner.RunAsync(await fixture.ClaimAsync(id), CancellationToken.None, shutdown.Token);

        Assert.Equal("available attempt 0 crashes 0", await fixture.ReadAsync<string>(JobState, id));
    }

    [Fact]
    public async Task An_unreadable_document_fails_at_once_with_its_reason_and_can_be_queued_again()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", [0x47, 0x49, 0x46, 0x38, 0, 1, 2, 3])).DocumentId;

        var failed = await fixture.IngestAsync(tenant, id);
        Assert.Equal((DocumentStatus.Failed, FailureCodes.UnsupportedMedia), (failed.Status, failed.FailureCode));

        var again = await fixture.Documents.RetryAsync(tenant, PrincipalSet.Everyone, id, readAnew: false, CancellationToken.None);
        Assert.Equal((DocumentStatus.Waiting, null), (again!.Status, again.FailureCode));
        Assert.Equal(id, (await fixture.ClaimAsync(id)).DocumentId);
    }

    [Fact]
    public async Task Two_workers_never_hold_one_job()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < 40; i++)
        {
            await fixture.AddAsync(tenant, $"{i}.md", "text");
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var jobs = new List<long>();
            while (await fixture.Queue.ClaimAsync(CancellationToken.None) is { } job)
            {
                jobs.Add(job.Id);
            }

            return jobs;
        }));

        var ids = claimed.SelectMany(jobs => jobs).ToList();
        Assert.True(ids.Count >= 40);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }
}
