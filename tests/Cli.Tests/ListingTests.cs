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
