using System.Text.Json;

namespace AiApp.Cli.Tests;

public sealed class ReplayTests
{
    private static readonly Guid Id = new("0198c0de-7a11-7000-8000-00000000000b");

    [Fact]
    public async Task What_is_different_is_told_with_citations_that_came_and_went_and_documents_that_changed()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["replay", $"{Id}"]);

        Assert.Equal(
            """
            Other words
            then  The daily meal allowance inside Sweden is 300 kronor [1].
            now   It is 320 kronor [1].

            citations: 0 kept, 1 gone, 1 new
              - Travel policy — Allowances: "Inside Sweden the daily meal allowance is 300 kronor."
              + Travel policy — Allowances: "It is 320 kronor."
            changed since: policies/travel.md (version 2, now 3)
            no longer there, today's was taken: prompt version
            local/extractive then, local/extractive now; -40 ms, +$0.0012 more

            """.ReplaceLineEndings("\n"), run.Out);
    }

    [Fact]
    public async Task The_evidence_is_chosen_and_JSON_holds_both_answers()
    {
        await using var api = await FakeApi.StartAsync();

        var told = JsonDocument.Parse((await CliRun.OfAsync(api, ["replay", $"{Id}", "--evidence", "new", "--json"])).Out).RootElement;

        Assert.Equal(("new", $"{Id}"), (told.GetProperty("evidence").GetString(), told.GetProperty("original").GetProperty("id").GetString()));
        Assert.Equal(ExitCodes.Usage, (await CliRun.OfAsync(null, ["replay", $"{Id}", "--evidence", "old"])).ExitCode);
    }
}
