using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Sources;

namespace AiApp.Integration.Tests.Sources;

public sealed class FolderSourceTests(SourceFixture fixture) : IClassFixture<SourceFixture>
{
    [Fact]
    public async Task Documents_follow_a_folder_deletions_included()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"), ("b/c.txt", "two"), ("logo.png", "three"), (".git/x.md", "four"), ("empty.md", ""));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });

        var first = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Completed, new RunCounts(Listed: 4, Added: 2, Rejected: 2)), (first.Outcome!.Value, first.Counts));
        Assert.Equal(["empty.md validation", "logo.png unsupported_media"], first.Problems.Select(p => $"{p.Item} {p.Code}").Order());
        Assert.Equal(["s/a.md", "s/b/c.txt"], await fixture.UrisAsync(tenant));

        Write(folder, ("a.md", "one changed"), ("d.md", "new"));
        File.Delete(Path.Combine(folder, "b/c.txt"));
        var second = await fixture.RunAsync(source);
        var third = await fixture.RunAsync(source);

        Assert.Equal(new RunCounts(Listed: 4, Added: 1, Changed: 1, Deleted: 1, Rejected: 2), second.Counts);
        Assert.Equal(new RunCounts(Listed: 4, Unchanged: 2, Rejected: 2), third.Counts);
        Assert.Equal(["s/a.md", "s/d.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task A_file_that_comes_back_is_a_document_again()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"), ("b.md", "two"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);
        File.Delete(Path.Combine(folder, "a.md"));
        await fixture.RunAsync(source);
        Write(folder, ("a.md", "one"));

        Assert.Equal(1, (await fixture.RunAsync(source)).Counts.Added);
        Assert.Equal(["s/a.md", "s/b.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task What_a_person_deleted_stays_deleted_until_its_content_changes()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"), ("b.md", "two"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);
        var a = await fixture.DocumentAsync(tenant, "s/a.md");
        await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, a.Id, CancellationToken.None);

        await fixture.RunAsync(source);
        Assert.Equal(["s/b.md"], await fixture.UrisAsync(tenant));

        // Also for a source that is made anew.
        await fixture.Store.RemoveAsync(tenant, PrincipalSet.Everyone, source.Id, withDocuments: false, CancellationToken.None);
        await fixture.Documents.DeleteAsync(tenant, PrincipalSet.Everyone, (await fixture.DocumentAsync(tenant, "s/b.md")).Id, CancellationToken.None);
        source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);
        Assert.Empty(await fixture.UrisAsync(tenant));

        Write(folder, ("a.md", "one, and more"));
        await fixture.RunAsync(source);
        Assert.Equal(["s/a.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task More_than_half_is_held_until_a_person_confirms_as_many()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, [.. Enumerable.Range(0, 20).Select(n => ($"{n}.md", $"text {n}"))]);
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);
        Enumerable.Range(0, 12).ToList().ForEach(n => File.Delete(Path.Combine(folder, $"{n}.md")));

        var held = await fixture.RunAsync(source);
        Assert.Equal((RunOutcome.Held, 12, 0), (held.Outcome!.Value, held.Counts.Held, held.Counts.Deleted));
        Assert.Equal(20, (await fixture.UrisAsync(tenant)).Count);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(n => $"{n}.md").Order(StringComparer.Ordinal)], held.Problems.Where(problem => problem.Code == "held").Select(problem => problem.Item));

        Assert.Equal(12, await fixture.Store.ConfirmAsync(tenant, PrincipalSet.Everyone, source.Id, null, CancellationToken.None));
        File.Delete(Path.Combine(folder, "12.md"));
        var worse = await fixture.RunAsync(source);
        Assert.Equal((RunOutcome.Held, 13), (worse.Outcome!.Value, worse.Counts.Held));

        Assert.Equal(13, await fixture.Store.ConfirmAsync(tenant, PrincipalSet.Everyone, source.Id, null, CancellationToken.None));
        var released = await fixture.RunAsync(source);
        Assert.Equal((RunOutcome.Completed, 13), (released.Outcome!.Value, released.Counts.Deleted));
        Assert.Null(await fixture.Store.ConfirmAsync(tenant, PrincipalSet.Everyone, source.Id, null, CancellationToken.None));
        Assert.Equal(7, (await fixture.UrisAsync(tenant)).Count);
    }

    [Fact]
    public async Task A_folder_that_is_suddenly_empty_or_gone_deletes_nothing()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);

        File.Delete(Path.Combine(folder, "a.md"));
        Assert.Equal(RunOutcome.Held, (await fixture.RunAsync(source)).Outcome);
        Directory.Delete(folder);
        var gone = await fixture.RunAsync(source);

        Assert.Equal(RunOutcome.Failed, gone.Outcome);
        Assert.Equal(SourceCodes.NotFound, Assert.Single(gone.Problems).Code);
        Assert.Equal(["s/a.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task A_document_that_the_source_did_not_make_is_neither_replaced_nor_deleted()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        await fixture.Documents.AddAsync(tenant, PrincipalSet.Everyone,
            new NewDocument { Collection = "default", SourceUri = "s/a.md", MediaType = "text/markdown", Bytes = "by hand"u8.ToArray() }, CancellationToken.None);
        var before = await fixture.DocumentAsync(tenant, "s/a.md");
        Write(folder, ("a.md", "of the source"), ("b.md", "text"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });

        var first = await fixture.RunAsync(source);
        File.Delete(Path.Combine(folder, "a.md"));
        await fixture.RunAsync(source);

        Assert.Equal("a.md conflict", $"{first.Problems[0].Item} {first.Problems[0].Code}");
        Assert.Equal(before.UpdatedAt, (await fixture.DocumentAsync(tenant, "s/a.md")).UpdatedAt);
    }

    [Fact]
    public async Task Links_are_not_followed_out_of_a_folder_and_roots_are_told_by_where_they_lead()
    {
        var (tenant, folder, outside) = (await fixture.NewTenantAsync(), fixture.NewFolder(), Directory.CreateTempSubdirectory("aiapp-outside-").FullName);
        try
        {
            Write(outside, ("secret.md", "secret"));
            Write(folder, ("a.md", "text"));
            File.CreateSymbolicLink(Path.Combine(folder, "link.md"), Path.Combine(outside, "secret.md"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), outside);

            var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new FolderSettings { Path = folder }));
            var around = await fixture.RunAsync(await fixture.AddAsync(tenant, new FolderSettings { Path = Path.Combine(folder, "linked") }, "linked"));
            var above = await fixture.RunAsync(await fixture.AddAsync(tenant, new FolderSettings { Path = Path.Combine(fixture.Root, "..", Path.GetFileName(outside)) }, "above"));

            Assert.Equal(1, run.Counts.Listed);
            Assert.Equal(SourceCodes.Forbidden, Assert.Single(around.Problems).Code);
            Assert.Equal(SourceCodes.Forbidden, Assert.Single(above.Problems).Code);
            Assert.Equal(["s/a.md"], await fixture.UrisAsync(tenant));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public async Task Readers_that_somebody_gave_a_document_outlast_its_changes()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"), ("b.md", "two"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder }, "s", "group:hr");
        await fixture.RunAsync(source);
        Assert.Empty(await fixture.UrisAsync(tenant));
        Assert.Equal(["s/a.md", "s/b.md"], await fixture.UrisAsync(tenant, "group:hr"));

        var hr = PrincipalSet.Of("group:hr", "user:anna");
        var a = (await fixture.Documents.ListAsync(tenant, hr, null, null, 9, CancellationToken.None)).Items.Single(d => d.SourceUri == "s/a.md");
        Assert.True(ReaderSet.TryCreate(["user:anna"], out var anna));
        await fixture.Documents.SetReadersAsync(tenant, hr, a.Id, anna, CancellationToken.None);
        Write(folder, ("a.md", "one changed"));
        File.Delete(Path.Combine(folder, "b.md"));

        Assert.Equal(new RunCounts(Listed: 1, Changed: 1, Deleted: 1), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(["user:anna"], (await fixture.Documents.FindAsync(tenant, hr, a.Id, CancellationToken.None))!.Readers);
    }

    [Fact]
    public async Task A_source_is_removed_with_its_documents_or_without()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        Write(folder, ("a.md", "one"), ("b.md", "two"));
        var kept = await fixture.AddAsync(tenant, new FolderSettings { Path = folder }, "kept");
        var dropped = await fixture.AddAsync(tenant, new FolderSettings { Path = folder }, "dropped");
        await fixture.RunAsync(kept);
        await fixture.RunAsync(dropped);

        await fixture.Store.RemoveAsync(tenant, PrincipalSet.Everyone, kept.Id, withDocuments: false, CancellationToken.None);
        await fixture.Store.RemoveAsync(tenant, PrincipalSet.Everyone, dropped.Id, withDocuments: true, CancellationToken.None);
        while (await fixture.Get<SourceRunner>().RunNextAsync(CancellationToken.None))
        {
        }

        Assert.Empty(await fixture.Store.ListAsync(tenant, PrincipalSet.Everyone, CancellationToken.None));
        Assert.Equal(["kept/a.md", "kept/b.md"], await fixture.UrisAsync(tenant));
        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM deleted_document WHERE tenant_id = $1", tenant));
    }

    internal static void Write(string folder, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllText(Path.Combine(folder, path), text);
        }
    }
}
