using System.Text.Json;

namespace AiApp.Cli.Tests;

public sealed class SourcesTests
{
    [Fact]
    public async Task Sources_are_listed_as_a_table_and_as_json()
    {
        await using var api = await FakeApi.StartAsync();
        var empty = await CliRun.OfAsync(api, ["sources"]);
        api.Sources.Add("Handbook");

        var table = await CliRun.OfAsync(api, ["sources"]);
        var list = await CliRun.OfAsync(api, ["sources", "list", "--json"]);

        Assert.Equal("There are no sources. 'aiapp sources add' makes one.\n", empty.Out);
        Assert.Equal(
            "NAME      KIND  STATE  DOCUMENTS  LAST RUN                   NEXT RUN\n"
            + "Handbook  git   held   20         2026-01-02 09:00:00Z held  2026-01-02 09:15:00Z\n",
            table.Out);
        Assert.Equal("Handbook", JsonDocument.Parse(list.Out).RootElement[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_source_is_shown_with_its_runs_their_problems_and_what_is_held()
    {
        await using var api = await FakeApi.StartAsync();
        api.Sources.Add("Handbook");

        var run = await CliRun.OfAsync(api, ["sources", "show", "Handbook"]);

        Assert.Contains("  git: https://git.example.com/a.git @main /docs\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  every 00:15:00, next 2026-01-02 09:15:00Z\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("2026-01-02 09:00:00Z  held     8       1      2        5          0        1         0       12\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("  logo.png  unsupported_media: Pictures are not read.\n", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("  12 deletions are held. If they are meant: aiapp sources confirm \"Handbook\"\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_of_each_kind_is_made_from_its_options()
    {
        await using var api = await FakeApi.StartAsync();

        var made = await CliRun.OfAsync(api, ["sources", "add", "a", "--git", "https://git.example.com/a.git", "--branch", "main", "--below", "docs",
            "--include", "**/*.md", "--include", "*.txt", "--secret", "token", "--interval", "2h", "--readers", "group:hr, user:anna", "--disabled"]);
        var git = api.Sources.Request!;
        await CliRun.OfAsync(api, ["sources", "add", "b", "--sitemap", "https://example.com/sitemap.xml", "--host", "docs.example.com", "--max-pages", "50"]);
        var web = api.Sources.Request!;
        await CliRun.OfAsync(api, ["sources", "add", "c", "--container", "docs", "--below", "2026/", "--secret", "acme"]);
        var blob = api.Sources.Request!;
        var tried = await CliRun.OfAsync(api, ["sources", "add", "d", "--folder", "/srv/docs", "--test"]);

        Assert.Equal((ExitCodes.Done, 7200, false), (made.ExitCode, git.IntervalSeconds, git.Enabled));
        Assert.Equal(["**/*.md", "*.txt"], git.Git!.Include);
        Assert.Equal(["group:hr", "user:anna"], git.Readers);
        Assert.Equal(("docs.example.com", 50), (Assert.Single(web.Web!.Hosts!), web.Web.MaxPages));
        Assert.Equal(("docs", "2026/", "acme"), (blob.AzureBlob!.Container, blob.AzureBlob.Prefix, blob.AzureBlob.Secret));
        Assert.Equal(("It can be listed; first comes docs/a.md\n", "/srv/docs"), (tried.Out, api.Sources.Request!.Folder!.Path));
    }

    [Fact]
    public async Task A_source_is_run_confirmed_rested_and_removed_by_its_name()
    {
        await using var api = await FakeApi.StartAsync();
        api.Sources.Add("Handbook");
        foreach (var verb in new[] { "run", "confirm", "disable", "enable" })
        {
            Assert.Equal(ExitCodes.Done, (await CliRun.OfAsync(api, ["sources", verb, "Handbook"])).ExitCode);
        }

        var removed = await CliRun.OfAsync(api, ["sources", "remove", "Handbook", "--documents"]);

        Assert.Equal("Handbook: its 20 documents are being deleted\n", removed.Out);
        Assert.Equal(["run Handbook", "confirm Handbook", "disable Handbook", "enable Handbook", "remove Handbook True"], api.Sources.Calls);
    }

    [Theory]
    [InlineData("run", "Nobody")]
    [InlineData("add", "x", "--folder", "/x", "--interval", "often")]
    public async Task What_cannot_run_as_given_exits_2(params string[] args)
    {
        await using var api = await FakeApi.StartAsync();

        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(api, ["sources", .. args])).ExitCode);
    }
}
