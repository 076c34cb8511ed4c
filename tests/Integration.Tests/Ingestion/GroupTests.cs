using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>Small documents are embedded and published together, and still succeed and fail on their own.</summary>
public sealed class GroupTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    [Fact]
    public async Task Small_documents_are_embedded_in_one_call_and_become_visible_together()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The lynx sleeps.", "The lynx eats.", "The lynx waits.");

        await fixture.Runner.RunAsync(await ClaimAsync(ids), CancellationToken.None);

        Assert.Equal(3, Assert.Single(fixture.Embeddings.Calls, call => call.Any(text => text.Contains("lynx", StringComparison.Ordinal))).Count);
        Assert.All(await FindAsync(tenant, ids), document => Assert.Equal((DocumentStatus.Ready, 1), (document.Status, document.ChunkCount)));
        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(DISTINCT published_at) FROM document_version WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Each_chunk_belongs_to_its_own_document_and_has_the_vector_of_its_own_text()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "One otter.", "Two otters.", "Three otters.");

        await fixture.Runner.RunAsync(await ClaimAsync(ids), CancellationToken.None);
        var alone = await fixture.NewTenantAsync();
        foreach (var id in await AddAsync(alone, "One otter.", "Two otters.", "Three otters."))
        {
            await fixture.IngestAsync(alone, id);
        }

        const string Rows = """
            SELECT string_agg(concat_ws('|', source_uri, v.title, text, embedding, bm25), E'\n' ORDER BY source_uri)
            FROM chunk JOIN document USING (tenant_id, document_id) JOIN document_version AS v USING (tenant_id, version_id)
                 JOIN embedding_1 USING (tenant_id, chunk_id) JOIN lexical_index USING (tenant_id, chunk_id)
            WHERE tenant_id = $1
            """;
        Assert.Equal(await fixture.ReadAsync<string>(Rows, alone), await fixture.ReadAsync<string>(Rows, tenant));
    }

    [Fact]
    public async Task A_lost_lease_keeps_one_document_back_and_no_other()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The heron one.", "The heron two.", "The heron three.");
        var jobs = await ClaimAsync(ids);
        fixture.Embeddings.Before = _ => fixture.AddAsync(tenant, "1.md", "Another upload of the second heron.");

        await fixture.Runner.RunAsync(jobs, CancellationToken.None);

        Assert.Equal([DocumentStatus.Ready, DocumentStatus.Waiting, DocumentStatus.Ready], (await FindAsync(tenant, ids)).Select(d => d.Status));
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM chunk WHERE document_id = $1", ids[1]));
    }

    [Fact]
    public async Task An_unreadable_document_fails_alone()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The stork stands.", "\0\0\0\0", "The stork flies.");

        await fixture.Runner.RunAsync(await ClaimAsync(ids), CancellationToken.None);

        Assert.Equal([DocumentStatus.Ready, DocumentStatus.Failed, DocumentStatus.Ready], (await FindAsync(tenant, ids)).Select(d => d.Status));
    }

    [Fact]
    public async Task A_document_that_the_model_rejects_is_tried_again_alone()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The crake runs.", "The crake is unspeakable.", "The crake calls.");
        fixture.Embeddings.Rejected = "unspeakable";

        await fixture.Runner.RunAsync(await ClaimAsync(ids), CancellationToken.None);

        Assert.Equal([DocumentStatus.Ready, DocumentStatus.Waiting, DocumentStatus.Ready], (await FindAsync(tenant, ids)).Select(d => d.Status));
        Assert.Equal("retryable|provider_bad_output|1", await fixture.ReadAsync<string>(
            "SELECT concat_ws('|', state, reason, attempt) FROM job WHERE document_id = $1", ids[1]));
    }

    [Fact]
    public async Task A_shutdown_gives_back_what_was_read_and_what_was_not()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The bittern one.", "The bittern two.");
        using var shutdown = new CancellationTokenSource();
        fixture.Embeddings.Before = ct =>
        {
            shutdown.Cancel();
            return Task.FromCanceled(ct);
        };

        await fixture.Runner.RunAsync(await ClaimAsync(ids), shutdown.Token);

        Assert.Equal(2L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1 AND state = 'available' AND attempt = 0", tenant));
    }

    [Fact]
    public async Task A_job_that_takes_long_shows_how_far_it_is()
    {
        var tenant = await fixture.NewTenantAsync();
        var ids = await AddAsync(tenant, "The slow snipe.");
        var job = await fixture.ClaimAsync(ids[0]);
        var shown = "";
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        fixture.Embeddings.Before = async ct =>
        {
            while ((shown = await fixture.ReadAsync<string>("SELECT status || ' ' || stage FROM document WHERE document_id = $1", ids[0])) != "working embedding" && !late.IsCancellationRequested)
            {
                await Task.Delay(20, ct);
            }
        };

        await fixture.Runner.RunAsync(job, CancellationToken.None, CancellationToken.None);

        Assert.Equal("working embedding", shown);
        Assert.Equal(DocumentStatus.Ready, Assert.Single(await FindAsync(tenant, ids)).Status);
    }

    private async Task<List<Guid>> AddAsync(TenantId tenant, params string[] texts)
    {
        var ids = new List<Guid>();
        foreach (var text in texts)
        {
            ids.Add((await fixture.AddAsync(tenant, $"{ids.Count}.md", text)).DocumentId);
        }
        return ids;
    }

    private async Task<List<HeldJob>> ClaimAsync(List<Guid> documents)
    {
        var jobs = new List<HeldJob>();
        foreach (var document in documents)
        {
            jobs.Add(new(await fixture.ClaimAsync(document), CancellationToken.None));
        }
        return jobs;
    }

    private async Task<List<Document>> FindAsync(TenantId tenant, List<Guid> ids)
    {
        var documents = new List<Document>();
        foreach (var id in ids)
        {
            documents.Add((await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!);
        }
        return documents;
    }
}
