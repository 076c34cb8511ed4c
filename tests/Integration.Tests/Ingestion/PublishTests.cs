using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Tests.Reading.Files;

namespace AiApp.Integration.Tests.Ingestion;

public sealed class PublishTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    // One row per lexeme whose recorded count differs from a recount; chunks are counted by the empty lexeme.
    private const string WrongStatistics = """
        SELECT count(*)
        FROM (SELECT collection_id, lexeme, sum(chunk_count) AS recorded FROM lexeme_statistic WHERE tenant_id = $1 GROUP BY 1, 2) AS s
        FULL JOIN (SELECT collection_id, lexeme, count(*) AS counted
                   FROM chunk, unnest(tsvector_to_array(lexemes) || ''::text) AS lexeme WHERE tenant_id = $1 GROUP BY 1, 2) AS c
            USING (collection_id, lexeme)
        WHERE coalesce(recorded, 0) <> coalesce(counted, 0)
        """;

    [Fact]
    public async Task A_published_document_is_ready_and_its_chunks_are_literal_spans_of_its_text()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await fixture.AddAsync(tenant, "guide.md", "---\ntitle: Guide\nvalid_until: 2030-01-31\nlanguage: de\n---\n# Reisen\n\nDie Züge fahren täglich.\n\n| Ort | Preis |\n|---|---|\n| Köln | 5 |");

        var document = await fixture.IngestAsync(tenant, added.DocumentId);

        Assert.Equal((DocumentStatus.Ready, DocumentStage.Ready, "Guide", 1, 1), (document.Status, document.Stage, document.Title, document.VersionNumber, document.ChunkCount));
        Assert.Equal(new DateOnly(2030, 1, 31), document.ValidUntil);
        var text = (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, document.Id, null, CancellationToken.None))!;
        Assert.Equal("Reisen\n\nDie Züge fahren täglich.\n\nOrt: Köln | Preis: 5", text.Text);
        Assert.Equal([BlockKind.Heading, BlockKind.Paragraph, BlockKind.TableRow], text.Blocks.Select(b => b.Kind));
        Assert.Equal("german|true", await fixture.ReadAsync<string>(
            "SELECT language || '|' || (text = substring($2, start_offset + 1, length)) FROM chunk WHERE tenant_id = $1", tenant, text.Text));
        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(*) FROM finished_job WHERE document_id = $1 AND state = 'completed'", document.Id));
    }

    [Fact]
    public async Task A_chunk_of_a_pdf_keeps_the_page_that_it_begins_on()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await fixture.AddAsync(tenant, "guide.pdf", PdfFile.Of("", "Trains leave every day."));

        await fixture.IngestAsync(tenant, added.DocumentId);

        Assert.Equal(2, await fixture.ReadAsync<int>("SELECT page FROM chunk WHERE tenant_id = $1", tenant));
    }

    [Fact]
    public async Task A_version_remembers_where_its_pages_begin()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await fixture.AddAsync(tenant, "guide.pdf", PdfFile.Of("One page.", "Two pages."));

        await fixture.IngestAsync(tenant, added.DocumentId);

        var pages = await fixture.ReadAsync<int[]>("SELECT pages FROM document_version WHERE tenant_id = $1", tenant);
        Assert.Equal([1, 0, 2, 11], pages);
    }

    [Fact]
    public async Task A_reader_sees_the_old_version_or_the_new_one_and_never_both_or_neither()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", Version(0))).DocumentId;
        await fixture.IngestAsync(tenant, id);
        using var published = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            var reads = 0;
            while (!published.IsCancellationRequested)
            {
                Assert.Equal("ok", await fixture.ReadAsync<string>("""
                    SELECT CASE WHEN count(DISTINCT c.version_id) = 1 AND count(*) = max(v.chunk_count) AND count(e.chunk_id) = count(*)
                                 AND bool_and(c.version_id = d.current_version_id) AND bool_and(c.text LIKE '%' || v.title || '%')
                                THEN 'ok' ELSE string_agg(c.version_id || ' ' || c.text, ', ') END
                    FROM document AS d
                    JOIN document_version AS v ON v.version_id = d.current_version_id
                    JOIN chunk AS c ON c.document_id = d.document_id
                    LEFT JOIN embedding_1 AS e ON e.chunk_id = c.chunk_id
                    WHERE d.document_id = $1
                    """, id));
                reads++;
            }

            return reads;
        });

        for (var number = 1; number <= 30; number++)
        {
            await fixture.AddAsync(tenant, "a.md", Version(number));
            await fixture.IngestAsync(tenant, id);
        }

        await published.CancelAsync();
        Assert.True(await reading > 1);
        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongStatistics, tenant));
        Assert.Equal(30L, await fixture.ReadAsync<long>("SELECT count(*) FROM document_version WHERE document_id = $1 AND superseded_at IS NOT NULL", id));
    }

    [Fact]
    public async Task A_superseded_version_keeps_its_text_for_citations()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", Version(1))).DocumentId;
        await fixture.IngestAsync(tenant, id);
        var first = (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, id, null, CancellationToken.None))!;
        await fixture.AddAsync(tenant, "a.md", Version(2));
        await fixture.IngestAsync(tenant, id);

        var old = (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, id, first.VersionId, CancellationToken.None))!;
        Assert.Equal((first.Text, 1, 2), (old.Text, old.VersionNumber, old.NewestVersionNumber));
    }

    [Fact]
    public async Task Merging_the_statistics_changes_no_sum()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var i = 0; i < 60; i++)
        {
            var id = (await fixture.AddAsync(tenant, "a.md", Version(i))).DocumentId;
            await fixture.IngestAsync(tenant, id);
        }

        var before = await fixture.ReadAsync<long>("SELECT count(*) FROM lexeme_statistic WHERE tenant_id = $1", tenant);
        Assert.True(await fixture.Get<LexemeStatistics>().MergeAsync(CancellationToken.None) > 0);

        Assert.True(await fixture.ReadAsync<long>("SELECT count(*) FROM lexeme_statistic WHERE tenant_id = $1", tenant) < before / 10);
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM lexeme_statistic WHERE tenant_id = $1 AND chunk_count <= 0", tenant));
        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongStatistics, tenant));
        Assert.Equal(3, (await fixture.Documents.SummarizeAsync(tenant, PrincipalSet.Everyone, CancellationToken.None)).Chunks);
    }

    [Fact]
    public async Task Nul_characters_and_lone_surrogates_do_not_stop_a_document()
    {
        var tenant = await fixture.NewTenantAsync();
        var added = await fixture.AddAsync(tenant, "nul\0\ud800.md", "---\ntitle: \"a\\0b\"\n---\n# He\0ading\n\nText with \0 and more, " + new string('x', 5000));

        var document = await fixture.IngestAsync(tenant, added.DocumentId);

        Assert.Equal((DocumentStatus.Ready, "nul\uFFFD.md", "ab"), (document.Status, document.SourceUri, document.Title));
    }

    [Fact]
    public async Task Texts_of_every_kind_are_stored_as_they_are()
    {
        var tenant = await fixture.NewTenantAsync();
        foreach (var text in new[] { "👩‍👩‍👧‍👦 family 👍🏽", "z̵̡̛͇ zalgo", "עברית וגם العربية", "'; DROP TABLE chunk; --", "\\x00 \\u0000 %s {0}", "東京都", string.Join(' ', Enumerable.Range(0, 20_000)) })
        {
            var id = (await fixture.AddAsync(tenant, $"{Guid.NewGuid():N}.txt", text)).DocumentId;
            Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, id)).Status);
            Assert.Equal(text.Normalize(), (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, id, null, CancellationToken.None))!.Text);
        }

        Assert.Equal(0L, await fixture.ReadAsync<long>(WrongStatistics, tenant));
    }

    private static string Version(int number)
    {
        var filler = string.Join(' ', Enumerable.Repeat("filler", 50));
        return $"---\ntitle: Revision {number} ends\n---\n" + string.Concat(Enumerable.Range(0, 3).Select(i => $"## Part {i}\n\nRevision {number} ends here. Word{number} {filler}.\n\n"));
    }
}
