namespace AiApp.Cli.Tests;

public sealed class UsageTests
{
    public static TheoryData<string[]> Wrong => new()
    {
        Array.Empty<string>(),
        new[] { "ask" },
        new[] { "sing" },
        new[] { "ask", "Why?", "--loud" },
        new[] { "ask", "Why?", "--api", "localhost" },
        new[] { "search", "x", "--top", "51" },
        new[] { "docs", "--status", "lost" },
        new[] { "ingest", "/no/such/folder" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_command_that_cannot_run_as_given_exits_2_and_says_why_on_stderr(string[] args)
    {
        var run = await CliRun.OfAsync(null, args);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task Help_exits_0() =>
        Assert.Equal(ExitCodes.Done, (await CliRun.OfAsync(null, ["ask", "--help"])).ExitCode);

    [Fact]
    public async Task An_api_that_cannot_be_reached_is_told_with_its_address_and_where_that_came_from()
    {
        var run = await CliRun.OfAsync(null, ["docs"], default, (ApiEndpoint.Variable, "http://127.0.0.1:9"));

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("http://127.0.0.1:9/ (from AIAPP_API) cannot be reached", run.Error, StringComparison.Ordinal);
    }
}
