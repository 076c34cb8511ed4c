namespace AiApp.Cli.Tests;

public sealed class ExplainTests
{
    private const string Query = "daily allowance in Gothenburg";

    [Fact]
    public async Task A_search_is_told_step_by_step_in_80_columns()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["search", Query, "--explain"]);

        Assert.Equal(
            """
            words    allow (idf 4.3, in 3) gothenburg (unknown)
            lexical  weight 0.95, 2 places from 12.3, nothing cut off
            vector   weight 0.05, 50 places from 0.81 down to 0.31
            fused    51 chunks, the first 20 looked at

             1  0.912  Travel policy — Allowances
                policies/travel.md (characters 0–86)
                lexical  #1, 12.3; normalised 1 x weight 0.95 = 0.95
                         allow 12.3 (4.3x2x1.43)
                vector   not found
                then     Became passage 1.
                also in  archive/travel.md

            Not shown (1 of 1)
             -  0.412  Travel policy — Allowances
                policies/hotels.md (characters 0–86)
                lexical  not found
                vector   #4, 0.7; normalised 0.78 x weight 0.05 = 0.039
                then     Came to place 9; 8 are shown.

            lexical 1.2 ms
            configuration 3f1c9a77d0b2e645

            """.ReplaceLineEndings("\n"),
            run.Out);
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task A_missing_document_says_which_stage_dropped_it()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["search", Query, "--why", "policies/hotels.md"]);

        Assert.StartsWith(
            """
            policies/hotels.md: below top
              It came to place 9; 8 are shown.
              lexical  It has none of the question's words (allow, gothenburg).
              vector   Its nearest chunk is in place 4 of the vector leg, with 0.7.
              lacks    allow, gothenburg
              chunk    9, Hotels > Limits: It came to place 9; 8 are shown.

            words
            """.ReplaceLineEndings("\n"),
            run.Out, StringComparison.Ordinal);
    }
}
