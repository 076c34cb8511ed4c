using AiApp.Integration.Tests.Ingestion;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Access;

public sealed class ReadersTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private static readonly PrincipalSet Anna = PrincipalSet.Of("user:anna", "group:hr");
    private static readonly PrincipalSet Bob = PrincipalSet.Of("user:bob");

    // Copies that differ from their document, and recorded numbers of chunks that differ from a recount.
    private const string WrongCopies = """
        SELECT (SELECT count(*) FROM document_version AS v JOIN document AS d USING (tenant_id, document_id)
                WHERE tenant_id = $1 AND v.reader_set_id <> d.reader_set_id)
             + (SELECT count(*) FROM chunk AS c JOIN document AS d USING (tenant_id, document_id)
                WHERE tenant_id = $1 AND c.reader_set_id <> d.reader_set_id)
             + (SELECT count(*)
                FROM (SELECT reader_set_id, sum(chunk_count) AS recorded FROM chunk_statistic WHERE tenant_id = $1 GROUP BY 1) AS s
                FULL JOIN (SELECT reader_set_id, count(*) AS counted FROM chunk WHERE tenant_id = $1 GROUP BY 1) AS c USING (reader_set_id)
                WHERE coalesce(recorded, 0) <> coalesce(counted, 0))
        """;

    [Fact]
    public async Task A_new_upload_of_a_document_keeps_its_readers()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "first", ["group:hr", "user:anna"])).DocumentId;
        await fixture.IngestAsync(tenant, id, Anna);

        await AddAsync(tenant, Anna, "second");
        var document = await fixture.IngestAsync(tenant, id, Anna);

        Assert.Equal((2, "group:hr, user:anna"), (document.VersionNumber, string.Join(", ", document.Readers)));
        Assert.Null(await fixture.Documents.FindAsync(tenant, Bob, id, CancellationToken.None));
        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongCopies, tenant));
    }

    [Fact]
    public async Task An_upload_of_the_same_bytes_still_sets_the_readers_it_names()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        await fixture.IngestAsync(tenant, id);

        var again = await fixture.AddAsync(tenant, "a.md", "text", ["user:anna"]);

        Assert.True(again.Unchanged);
        Assert.Equal(["user:anna"], (await fixture.Documents.FindAsync(tenant, Anna, id, CancellationToken.None))!.Readers);
        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongCopies, tenant));
    }

    [Fact]
    public async Task A_path_whose_document_the_caller_may_not_read_is_taken_and_stays_untouched()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "first", ["user:anna"])).DocumentId;
        await fixture.IngestAsync(tenant, id, Anna);

        Assert.Null(await AddAsync(tenant, Bob, "of Bob"));
        Assert.Null(await AddAsync(tenant, Bob, "first"));

        Assert.Equal("first", (await fixture.Documents.FindTextAsync(tenant, Anna, id, null, CancellationToken.None))!.Text);
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task What_a_caller_may_not_read_it_can_neither_delete_nor_retry_nor_share()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text", ["user:anna"])).DocumentId;
        await fixture.IngestAsync(tenant, id, Anna);

        Assert.Null(await fixture.Documents.DeleteAsync(tenant, Bob, id, CancellationToken.None));
        Assert.Null(await fixture.Documents.RetryAsync(tenant, Bob, id, readAnew: false, CancellationToken.None));
        Assert.Null(await fixture.Documents.SetReadersAsync(tenant, Bob, id, ReaderSet.Everyone, CancellationToken.None));

        Assert.Equal(["user:anna"], (await fixture.Documents.FindAsync(tenant, Anna, id, CancellationToken.None))!.Readers);
    }

    [Fact]
    public async Task Bytes_of_a_document_that_the_deleting_caller_cannot_see_stay()
    {
        var tenant = await fixture.NewTenantAsync();
        var hidden = (await fixture.AddAsync(tenant, "hidden.md", "same text", ["user:anna"])).DocumentId;
        var open = (await fixture.AddAsync(tenant, "open.md", "same text")).DocumentId;

        Assert.NotNull(await fixture.Documents.DeleteAsync(tenant, Bob, open, CancellationToken.None));

        Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, hidden, Anna)).Status);
    }

    [Fact]
    public async Task Nobody_locks_itself_out()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        Assert.True(ReaderSet.TryCreate(["user:anna"], out var readers));

        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Documents.SetReadersAsync(tenant, Bob, id, readers!, CancellationToken.None));
    }

    [Fact]
    public async Task A_version_that_was_being_ingested_has_the_readers_of_the_moment_it_is_published()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text", ["user:anna"])).DocumentId;
        Assert.True(ReaderSet.TryCreate(["user:bob", "user:anna"], out var both));
        fixture.Embeddings.Before = ct => fixture.Documents.SetReadersAsync(tenant, Anna, id, both!, ct);

        await fixture.IngestAsync(tenant, id, Anna);

        Assert.NotNull(await fixture.Documents.FindTextAsync(tenant, Bob, id, null, CancellationToken.None));
        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongCopies, tenant));
    }

    [Fact]
    public async Task Publishing_and_a_change_of_readers_at_the_same_time_agree_in_the_end()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", Text(0))).DocumentId;
        await fixture.IngestAsync(tenant, id);
        Assert.True(ReaderSet.TryCreate(["user:anna"], out var narrow));

        for (var round = 1; round <= 30; round++)
        {
            await AddAsync(tenant, Anna, Text(round));
            var readers = round % 2 == 0 ? ReaderSet.Everyone : narrow!;
            var ingesting = fixture.IngestAsync(tenant, id, Anna);
            await fixture.Documents.SetReadersAsync(tenant, Anna, id, readers, CancellationToken.None);
            await ingesting;

            Assert.Equal(0L, await fixture.ReadAsync<long>(WrongCopies, tenant));
            Assert.Equal(round % 2 == 0, await fixture.Documents.FindAsync(tenant, Bob, id, CancellationToken.None) is not null);
        }
    }

    [Fact]
    public async Task A_watcher_hears_nothing_of_what_it_may_not_read_until_it_may()
    {
        var tenant = await fixture.NewTenantAsync();
        await using var watch = fixture.Documents.WatchAsync(tenant, Bob, CancellationToken.None).GetAsyncEnumerator();
        var first = watch.MoveNextAsync();
        var hidden = (await fixture.AddAsync(tenant, "hidden.md", "text", ["user:anna"])).DocumentId;
        await fixture.AddAsync(tenant, "open.md", "text");

        await first;
        Assert.Equal("open.md", watch.Current.SourceUri);
        await fixture.Documents.SetReadersAsync(tenant, Anna, hidden, ReaderSet.Everyone, CancellationToken.None);
        do
        {
            await watch.MoveNextAsync();
        }
        while (watch.Current.Id != hidden);
    }

    private Task<AddedDocument?> AddAsync(TenantId tenant, PrincipalSet caller, string text) => fixture.Documents.AddAsync(
        tenant, caller,
        new NewDocument { Collection = "default", SourceUri = "a.md", MediaType = "text/markdown", Bytes = System.Text.Encoding.UTF8.GetBytes(text) },
        CancellationToken.None);

    private static string Text(int round) => string.Concat(Enumerable.Range(0, 5).Select(part => $"## Part {part}\n\n{string.Join(' ', Enumerable.Repeat($"word{round}", 60))}\n\n"));
}
