using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class ListingTests
{
    [Fact]
    public async Task A_search_shows_rank_and_score_of_each_leg()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["search", "allowance", "--top", "3"]);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.StartsWith(" 1  0.912  Travel policy — Allowances\n    lexical #1 (12.300)  vector -\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_of_a_document_are_shown_and_replaced()
    {
        await using var api = await FakeApi.StartAsync();
        var document = Sample.Row("pay.md", DocumentStatuses.Ready);
        api.Documents[document.Id] = document;

        var shown = await CliRun.OfAsync(api, ["docs", "readers", document.Id.ToString()]);
        var replaced = await CliRun.OfAsync(api, ["docs", "readers", document.Id.ToString(), "--set", "group:hr, user:anna"]);

        Assert.Equal("handbook/pay.md\n  everyone\n", shown.Out);
        Assert.Equal("handbook/pay.md\n  group:hr\n  user:anna\n", replaced.Out);
        Assert.Equal(["group:hr", "user:anna"], api.Documents[document.Id].Readers);
    }

    [Fact]
    public async Task Documents_are_listed_by_state_with_the_reason_of_a_failure()
    {
        await using var api = await FakeApi.StartAsync();
        foreach (var document in new[] { Sample.Row("good.md", DocumentStatuses.Ready), Sample.Row("bad.md", DocumentStatuses.Failed) })
        {
            api.Documents[document.Id] = document;
        }

        var run = await CliRun.OfAsync(api, ["docs", "--status", "failed"]);

        Assert.Contains("handbook/bad.md", run.Out, StringComparison.Ordinal);
        Assert.Contains("poison_document: The file is not text.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("good.md", run.Out, StringComparison.Ordinal);
    }
}
