using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>No file is read twice by the same readers.</summary>
public sealed class ReadingTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string Marten = "---\nlang: sv\nvalid_from: 2026-01-01\n---\n# Marten\n\nThe marten climbs.\n\n## Food\n\nIt eats berries.";

    [Fact]
    public async Task An_attempt_after_an_outage_of_the_model_begins_with_the_text()
    {
        var (tenant, id) = await AddAsync("outage.md", Marten);
        fixture.Embeddings.Before = _ => throw new TimeoutException();
        await fixture.IngestAsync(tenant, id);

        await DueAsync(id);
        await fixture.IngestAsync(tenant, id);

        Assert.Single(fixture.Parser.Read, "outage.md");
        Assert.Equal(["chunking", "embedding", "kept"], await StagesAsync(tenant, id));
    }

    [Fact]
    public async Task A_document_from_a_kept_text_is_that_of_its_file()
    {
        var (tenant, id) = await AddAsync("same.md", Marten);
        fixture.Embeddings.Before = _ => throw new TimeoutException();
        await fixture.IngestAsync(tenant, id);
        await DueAsync(id);
        await fixture.IngestAsync(tenant, id);
        var (other, read) = await AddAsync("same.md", Marten);
        await fixture.IngestAsync(other, read);

        const string Rows = """
            SELECT string_agg(concat_ws('|', v.title, canonical_text, structure, reader_version, valid_from, v.language, pages, reading_key, ordinal, chunk.text, lexemes, chunk.language), E'\n' ORDER BY ordinal)
            FROM document_version AS v JOIN chunk USING (tenant_id, version_id)
            WHERE v.tenant_id = $1
            """;
        Assert.Equal(await fixture.ReadAsync<string>(Rows, other), await fixture.ReadAsync<string>(Rows, tenant));
    }

    [Fact]
    public async Task A_worker_that_is_shut_down_leaves_what_it_has_read_to_the_next()
    {
        var (tenant, id) = await AddAsync("stopped.md", Marten);
        using var stop = new CancellationTokenSource();
        fixture.Embeddings.Before = ct => stop.CancelAsync().ContinueWith(_ => ct.ThrowIfCancellationRequested(), TaskScheduler.Default);
        await fixture.Runner.RunAsync(await fixture.ClaimAsync(id), CancellationToken.None, stop.Token);

        await fixture.IngestAsync(tenant, id);

        Assert.Single(fixture.Parser.Read, "stopped.md");
    }

    [Fact]
    public async Task A_copy_under_another_path_and_an_older_text_that_comes_back_are_not_read()
    {
        var (tenant, id) = await AddAsync("a/copied.md", Marten);
        await fixture.IngestAsync(tenant, id);

        var copy = await fixture.AddAsync(tenant, "b/copied.md", Marten, "elsewhere");
        await fixture.IngestAsync(tenant, copy.DocumentId);
        await fixture.AddAsync(tenant, "a/copied.md", "Something else.");
        await fixture.IngestAsync(tenant, id);
        await fixture.AddAsync(tenant, "a/copied.md", Marten);
        await fixture.IngestAsync(tenant, id);

        Assert.Equal(["a/copied.md", "a/copied.md"], fixture.Parser.Read.Where(path => path.Contains("copied", StringComparison.Ordinal)));
        Assert.Equal(3, (await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!.VersionNumber);
    }

    [Fact]
    public async Task A_copy_with_another_name_is_read_because_the_name_may_show()
    {
        var (tenant, id) = await AddAsync("one-name.md", "Without a heading.");
        await fixture.IngestAsync(tenant, id);

        var copy = await fixture.AddAsync(tenant, "two-names.md", "Without a heading.");

        Assert.Equal("two-names.md", (await fixture.IngestAsync(tenant, copy.DocumentId)).Title);
    }

    [Fact]
    public async Task Nothing_of_one_tenant_is_found_by_another()
    {
        var (tenant, id) = await AddAsync("foreign.md", Marten);
        await fixture.IngestAsync(tenant, id);
        var (other, same) = await AddAsync("foreign.md", Marten);

        await fixture.IngestAsync(other, same);

        Assert.Equal(2, fixture.Parser.Read.Count(path => path == "foreign.md"));
    }

    [Fact]
    public async Task A_retry_begins_where_the_document_failed_unless_it_is_to_be_read_again()
    {
        var (tenant, id) = await AddAsync("rejected.md", "A text that is unutterable.");
        fixture.Embeddings.Rejected = "unutterable";
        await FailAsync(tenant, id);
        fixture.Embeddings.Rejected = null;

        await fixture.Documents.RetryAsync(tenant, PrincipalSet.Everyone, id, readAnew: false, CancellationToken.None);
        var ready = await fixture.IngestAsync(tenant, id);

        Assert.Equal(DocumentStatus.Ready, ready.Status);
        Assert.Single(fixture.Parser.Read, "rejected.md");

        var again = await fixture.AddAsync(tenant, "x/rejected.md", "A text that is unutterable.", "elsewhere");
        await fixture.Documents.CancelAsync(tenant, PrincipalSet.Everyone, again.DocumentId, CancellationToken.None);
        await fixture.Documents.RetryAsync(tenant, PrincipalSet.Everyone, again.DocumentId, readAnew: true, CancellationToken.None);
        await fixture.IngestAsync(tenant, again.DocumentId);

        Assert.Single(fixture.Parser.Read, "x/rejected.md");
    }

    [Fact]
    public async Task A_deletion_takes_what_was_read_and_not_published()
    {
        var (tenant, id) = await AddAsync("deleted.md", Marten);
        fixture.Embeddings.Before = _ => throw new TimeoutException();
        await fixture.IngestAsync(tenant, id);
        Assert.Equal(1L, await CountKeptAsync(tenant));

        await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None);

        Assert.Equal(0L, await CountKeptAsync(tenant));
    }

    [Fact]
    public async Task What_a_version_holds_is_not_kept_beside_it()
    {
        var (tenant, id) = await AddAsync("swept.md", Marten);
        fixture.Embeddings.Before = _ => throw new TimeoutException();
        await fixture.IngestAsync(tenant, id);
        await fixture.Get<Housekeeping>().RunAsync(CancellationToken.None);
        Assert.Equal(1L, await CountKeptAsync(tenant));
        await DueAsync(id);
        await fixture.IngestAsync(tenant, id);

        await fixture.Get<Housekeeping>().RunAsync(CancellationToken.None);

        Assert.Equal(0L, await CountKeptAsync(tenant));
    }

    private async Task<(TenantId, Guid)> AddAsync(string path, string text)
    {
        var tenant = await fixture.NewTenantAsync();
        return (tenant, (await fixture.AddAsync(tenant, path, text)).DocumentId);
    }

    private async Task FailAsync(TenantId tenant, Guid id)
    {
        while ((await fixture.IngestAsync(tenant, id)).Status != DocumentStatus.Failed)
        {
            await DueAsync(id);
        }
    }

    private Task<int> DueAsync(Guid id) => fixture.ReadAsync<int>("UPDATE job SET run_at = now() WHERE document_id = $1 RETURNING 1", id);

    private async Task<IEnumerable<string>> StagesAsync(TenantId tenant, Guid id) =>
        (await fixture.Documents.ListEventsAsync(tenant, PrincipalSet.Everyone, id, 100, CancellationToken.None))![^1].Stages!.Keys.Order(StringComparer.Ordinal);

    private Task<long> CountKeptAsync(TenantId tenant) => fixture.ReadAsync<long>("SELECT count(*) FROM reading WHERE tenant_id = $1", tenant);
}
