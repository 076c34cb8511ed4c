using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Ingestion;

public sealed class TimelineTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    [Fact]
    public async Task A_publication_tells_when_it_was_queued_started_and_completed_and_how_long_its_stages_took()
    {
        var (tenant, id) = await AddAsync();

        await fixture.IngestAsync(tenant, id);

        var events = await ListAsync(tenant, id);
        Assert.Equal(["queued 0", "started 1", "completed 1"], events.Select(e => $"{e.Kind} {e.Attempt}"));
        Assert.Equal(["chunking", "embedding", "reading"], events[^1].Stages!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(events.Select(e => e.At).Order(), events.Select(e => e.At));
    }

    [Fact]
    public async Task An_attempt_that_failed_tells_its_stage_code_and_reason()
    {
        var (tenant, id) = await AddAsync("A text that is unspeakable.");
        fixture.Embeddings.Rejected = "unspeakable";

        await fixture.IngestAsync(tenant, id);

        var failed = (await ListAsync(tenant, id))[^1];
        Assert.Equal(("failed", 1, "embedding", "provider_bad_output", "The model rejects this text."), (failed.Kind, failed.Attempt, failed.Stage, failed.Code, failed.Reason));
    }

    [Fact]
    public async Task An_outage_is_told_as_a_pause_and_not_as_a_failure()
    {
        var (tenant, id) = await AddAsync();
        fixture.Embeddings.Before = _ => throw new TimeoutException();

        await fixture.IngestAsync(tenant, id);

        var postponed = (await ListAsync(tenant, id))[^1];
        Assert.Equal(("postponed", 1, "embedding", "provider_timeout"), (postponed.Kind, postponed.Attempt, postponed.Stage, postponed.Code));
    }

    [Fact]
    public async Task An_unreadable_document_tells_why_it_was_given_up()
    {
        var (tenant, id) = await AddAsync("\0\0\0\0");

        await fixture.IngestAsync(tenant, id);

        var discarded = (await ListAsync(tenant, id))[^1];
        Assert.Equal(("discarded", "reading"), (discarded.Kind, discarded.Stage));
        Assert.NotEmpty(discarded.Reason!);
    }

    [Fact]
    public async Task A_lost_worker_a_new_upload_and_a_cancellation_are_told()
    {
        var (tenant, id) = await AddAsync();
        await fixture.ExpireAsync(await fixture.ClaimAsync(id));
        while (await fixture.Queue.RescueAsync(CancellationToken.None) == 0)
        {
            // The server's first lease of grace.
            await Task.Delay(100);
        }
        await fixture.AddAsync(tenant, "a.md", "Another text.");
        await fixture.Documents.CancelAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None);

        Assert.Equal(["queued", "started", "crashed", "replaced", "cancelled"], (await ListAsync(tenant, id)).Select(e => e.Kind));
    }

    [Fact]
    public async Task Whoever_may_not_read_a_document_sees_no_timeline()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await fixture.AddAsync(tenant, "secret.md", "Secret.", ["group:board"]);

        Assert.Null(await fixture.Documents.ListEventsAsync(tenant, PrincipalSet.Everyone, added.DocumentId, 10, CancellationToken.None));
        Assert.NotEmpty(await fixture.Documents.ListEventsAsync(tenant, PrincipalSet.Of("group:board"), added.DocumentId, 10, CancellationToken.None) ?? []);
    }

    private async Task<(TenantId Tenant, Guid Id)> AddAsync(string text = "A text.")
    {
        var tenant = await fixture.NewTenantAsync();
        return (tenant, (await fixture.AddAsync(tenant, "a.md", text)).DocumentId);
    }

    private async Task<IReadOnlyList<DocumentEvent>> ListAsync(TenantId tenant, Guid id) =>
        (await fixture.Documents.ListEventsAsync(tenant, PrincipalSet.Everyone, id, 100, CancellationToken.None))!;
}
