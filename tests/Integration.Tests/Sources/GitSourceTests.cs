using System.Diagnostics;
using AiApp.Rag.Sources;

namespace AiApp.Integration.Tests.Sources;

public sealed class GitSourceTests(SourceFixture fixture) : IClassFixture<SourceFixture>
{
    [Fact]
    public async Task Documents_follow_a_branch_below_a_folder_and_by_patterns()
    {
        var (tenant, repository) = (await fixture.NewTenantAsync(), await NewRepositoryAsync());
        FolderSourceTests.Write(repository, ("docs/a.md", "one"), ("docs/sub/b.md", "two"), ("docs/drafts/c.md", "three"), ("docs/d.txt", "four"), ("other/e.md", "five"));
        File.CreateSymbolicLink(Path.Combine(repository, "docs/link.md"), "/etc/passwd");
        await CommitAsync(repository);
        var settings = new GitSettings { Repository = repository, Branch = "main", Folder = "/docs/", Include = ["**/*.md"], Exclude = ["**/drafts/**"] };
        var source = await fixture.AddAsync(tenant, settings);

        var first = await fixture.RunAsync(source);
        Assert.Equal((RunOutcome.Completed, new RunCounts(Listed: 2, Added: 2)), (first.Outcome!.Value, first.Counts));
        Assert.Equal(["s/docs/a.md", "s/docs/sub/b.md"], await fixture.UrisAsync(tenant));

        FolderSourceTests.Write(repository, ("docs/a.md", "one changed"), ("docs/new.md", "new"));
        File.Delete(Path.Combine(repository, "docs/sub/b.md"));
        await CommitAsync(repository);
        Assert.Equal(new RunCounts(Listed: 2, Added: 1, Changed: 1, Deleted: 1), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(new RunCounts(Listed: 2, Unchanged: 2), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(["s/docs/a.md", "s/docs/new.md"], await fixture.UrisAsync(tenant));
    }

    [Fact]
    public async Task A_cache_that_is_lost_is_made_anew_and_changes_nothing()
    {
        var (tenant, repository) = (await fixture.NewTenantAsync(), await NewRepositoryAsync());
        FolderSourceTests.Write(repository, ("a.md", "one"));
        await CommitAsync(repository);
        var source = await fixture.AddAsync(tenant, new GitSettings { Repository = repository });
        await fixture.RunAsync(source);
        Directory.Delete(Path.Combine(fixture.Root, ".cache"), recursive: true);

        Assert.Equal(new RunCounts(Listed: 1, Unchanged: 1), (await fixture.RunAsync(source)).Counts);
    }

    [Fact]
    public async Task A_repository_cannot_make_the_service_run_anything()
    {
        var (tenant, repository) = (await fixture.NewTenantAsync(), await NewRepositoryAsync());
        var mark = Path.Combine(fixture.Root, $"ran-{Guid.NewGuid():N}");
        FolderSourceTests.Write(repository, ("a.md", "one"), (".gitattributes", "*.md filter=evil\n"), (".gitmodules", "[submodule \"x\"]\n path = x\n url = ext::sh -c \"touch " + mark + "\"\n"));
        await CommitAsync(repository);
        foreach (var hook in new[] { "post-checkout", "post-update", "pre-auto-gc", "reference-transaction", "post-index-change", "fsmonitor-watchman" })
        {
            var path = Path.Combine(repository, ".git/hooks", hook);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\ntouch {mark}\n");
            await RunAsync("chmod", repository, "+x", path);
        }
        await GitAsync(repository, "config", "filter.evil.smudge", $"touch {mark}");
        await GitAsync(repository, "config", "core.fsmonitor", $"touch {mark}");
        await GitAsync(repository, "config", "uploadpack.packObjectsHook", $"touch {mark}");

        var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new GitSettings { Repository = repository }));

        Assert.Equal(1, run.Counts.Added);
        Assert.False(File.Exists(mark));
    }

    [Theory]
    [InlineData("absent", SourceCodes.NotFound)]
    [InlineData("--upload-pack=id", SourceCodes.Validation)]
    [InlineData("a:refs/heads/b", SourceCodes.Validation)]
    public async Task A_branch_that_is_none_is_told(string branch, string code)
    {
        var (tenant, repository) = (await fixture.NewTenantAsync(), await NewRepositoryAsync());
        FolderSourceTests.Write(repository, ("a.md", "one"));
        await CommitAsync(repository);

        var run = await fixture.RunAsync(await fixture.AddAsync(tenant, new GitSettings { Repository = repository, Branch = branch }));

        Assert.Equal((RunOutcome.Failed, code), (run.Outcome!.Value, Assert.Single(run.Problems).Code));
    }

    [Fact]
    public async Task A_repository_outside_of_the_roots_and_a_folder_that_is_none_are_refused()
    {
        var tenant = await fixture.NewTenantAsync();

        var outside = await fixture.RunAsync(await fixture.AddAsync(tenant, new GitSettings { Repository = "/etc" }, "outside"));
        var none = await fixture.RunAsync(await fixture.AddAsync(tenant, new GitSettings { Repository = fixture.NewFolder() }, "none"));

        Assert.Equal(SourceCodes.Forbidden, Assert.Single(outside.Problems).Code);
        Assert.Equal(SourceCodes.NotFound, Assert.Single(none.Problems).Code);
    }

    private async Task<string> NewRepositoryAsync()
    {
        var folder = fixture.NewFolder();
        await GitAsync(folder, "init", "--quiet", "--initial-branch=main");
        return folder;
    }

    private static async Task CommitAsync(string repository)
    {
        await GitAsync(repository, "add", "--all");
        await GitAsync(repository, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--no-verify", "-m", "a change");
    }

    private static Task GitAsync(string folder, params string[] arguments) => RunAsync("git", folder, arguments);

    private static async Task RunAsync(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
