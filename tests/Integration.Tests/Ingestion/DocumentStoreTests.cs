using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;

namespace AiApp.Integration.Tests.Ingestion;

public sealed class DocumentStoreTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string RowsLeft = """
        SELECT (SELECT count(*) FROM document WHERE tenant_id = $1) + (SELECT count(*) FROM document_version WHERE tenant_id = $1)
             + (SELECT count(*) FROM chunk WHERE tenant_id = $1) + (SELECT count(*) FROM embedding_1 WHERE tenant_id = $1)
             + (SELECT count(*) FROM content WHERE tenant_id = $1) + (SELECT count(*) FROM job WHERE tenant_id = $1)
             + (SELECT coalesce(sum(abs(s)), 0)::bigint
                FROM (SELECT sum(chunk_count) AS s FROM lexeme_statistic WHERE tenant_id = $1 GROUP BY lexeme) AS sums)
        """;

    [Fact]
    public async Task An_unchanged_upload_makes_no_job()
    {
        var tenant = await fixture.NewTenantAsync();
        var first = await fixture.AddAsync(tenant, "a.md", "text");
        var waiting = await fixture.AddAsync(tenant, "/a.md", "text");
        await fixture.IngestAsync(tenant, first.DocumentId);
        var ready = await fixture.AddAsync(tenant, "a.md", "text");

        Assert.Equal((false, true, true), (first.Unchanged, waiting.Unchanged, ready.Unchanged));
        Assert.Equal(first.DocumentId, ready.DocumentId);
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Parallel_uploads_of_one_file_make_one_document_and_one_job()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => fixture.AddAsync(tenant, "a.md", $"text {i % 2}")));

        Assert.Single(added.Select(a => a.DocumentId).Distinct());
        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1", tenant));
        Assert.Equal(1L, await fixture.ReadAsync<long>(
            "SELECT count(*) FROM document JOIN job USING (tenant_id, document_id, content_hash) JOIN content USING (tenant_id, content_hash) WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Deletion_leaves_no_rows()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "first text")).DocumentId;
        await fixture.IngestAsync(tenant, id);
        await fixture.AddAsync(tenant, "a.md", "second text");
        await fixture.IngestAsync(tenant, id);
        await fixture.AddAsync(tenant, "a.md", "third text");

        Assert.NotNull(await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None));

        Assert.Equal(0L, await fixture.ReadAsync<long>(RowsLeft, tenant));
        Assert.Null(await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None));
        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(*) FROM finished_job WHERE document_id = $1 AND state = 'cancelled'", id));
    }

    [Fact]
    public async Task Deletion_in_the_middle_of_the_work_wins()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        fixture.Embeddings.Before = ct => fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, id, ct);

        await fixture.Runner.RunAsync(await fixture.ClaimAsync(id), CancellationToken.None, CancellationToken.None);

        Assert.Equal(0L, await fixture.ReadAsync<long>(RowsLeft, tenant));
    }

    [Fact]
    public async Task Bytes_stay_as_long_as_another_document_uses_them()
    {
        var tenant = await fixture.NewTenantAsync();
        var a = (await fixture.AddAsync(tenant, "a.md", "same text")).DocumentId;
        var b = (await fixture.AddAsync(tenant, "b.md", "same text")).DocumentId;

        await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, a, CancellationToken.None);
        Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, b)).Status);
        await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, b, CancellationToken.None);

        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM content WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Uploads_and_deletions_of_the_same_bytes_do_not_lose_them()
    {
        var tenant = await fixture.NewTenantAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            for (var i = 0; i < 15; i++)
            {
                var id = (await fixture.AddAsync(tenant, $"{n}.md", "same text")).DocumentId;
                if (i < 14)
                {
                    await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None);
                }
            }
        }));

        Assert.Equal(8L, await fixture.ReadAsync<long>("SELECT count(*) FROM document JOIN content USING (tenant_id, content_hash) WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task A_list_by_status_pages_through_every_document_once()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < 5; i++)
        {
            await fixture.AddAsync(tenant, $"{i}.md", "text");
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await fixture.Documents.ListAsync(tenant, PrincipalSet.Everyone, DocumentStatus.Waiting, cursor, 2, CancellationToken.None);
            seen.AddRange(page.Items.Select(d => d.SourceUri));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["4.md", "3.md", "2.md", "1.md", "0.md"], seen);
        Assert.Empty((await fixture.Documents.ListAsync(tenant, PrincipalSet.Everyone, DocumentStatus.Failed, "unreadable!", 2, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task A_folder_is_imported_in_order_and_says_what_it_leaves_out()
    {
        var tenant = await fixture.NewTenantAsync();
        var folder = Directory.CreateTempSubdirectory("aiapp-import-");
        try
        {
            foreach (var file in new[] { "b.md", "a/c.txt", ".git/x.md", "image.png", "a/.hidden.md" })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, file))!);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), file);
            }

            var files = new List<string>();
            await foreach (var file in fixture.Get<FolderImport>().ImportAsync(tenant, PrincipalSet.Everyone, folder.FullName, "samples", CancellationToken.None))
            {
                files.Add($"{file.SourceUri} {file.RejectionCode ?? "added"}");
            }

            Assert.Equal(["a/c.txt added", "b.md added", "image.png unsupported_media"], files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_a_user_deleted_stays_deleted_until_somebody_uploads_it_again()
    {
        var tenant = await fixture.NewTenantAsync();
        var folder = Directory.CreateTempSubdirectory("aiapp-import-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "kept.md"), "kept");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "unwanted.md"), "unwanted");
            await ImportAsync();
            var unwanted = (await fixture.Documents.ListAsync(tenant, PrincipalSet.Everyone, null, null, 10, CancellationToken.None)).Items.Single(item => item.SourceUri == "unwanted.md");
            await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, unwanted.Id, CancellationToken.None);

            Assert.Equal(["kept.md"], await ImportAsync());

            await fixture.Documents.AddAsync(tenant, PrincipalSet.Everyone, new NewDocument { Collection = "samples", SourceUri = "unwanted.md", MediaType = "text/markdown", Bytes = "back"u8.ToArray() }, CancellationToken.None);
            Assert.Equal(["kept.md", "unwanted.md"], await ImportAsync());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<List<string>> ImportAsync()
        {
            var files = new List<string>();
            await foreach (var file in fixture.Get<FolderImport>().ImportUndeletedAsync(tenant, PrincipalSet.Everyone, folder.FullName, "samples", CancellationToken.None))
            {
                files.Add(file.SourceUri);
            }
            return files;
        }
    }
}
