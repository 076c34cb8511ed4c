using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class ResearchTests
{
    private const string Question = "How many days of leave do three people have?";

    [Fact]
    public async Task Steps_are_told_beside_the_answer_and_the_answer_is_checked_like_any_other()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["research", Question, "--collection", "handbook", "--approve", "tickets_create", "--max-cost", "0.2"]);

        Assert.Equal(
            """
             1  think (0.4 s, $0.0011)
             2  search {"query":"leave"}: 6 passages, 6 of them new (1.0 s)
            Research wants to call tickets_create with exactly this:
            {"title":"Leave\u202e"}
            approved by --approve tickets_create
             3  tickets_create {"title":"Leave\u202e"}

            """.ReplaceLineEndings("\n"), run.Error);
        Assert.StartsWith("The daily meal allowance inside Sweden is 300 kronor [1].\n\nSources\n[1] Travel policy", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("every quote verified in its document\n", run.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Done, "handbook", 0.2m), (run.ExitCode, api.Agent.Request!.Collection, api.Agent.Request.Limits!.CostDollars));
        Assert.Equal("approve 3 abc", Assert.Single(api.Agent.Calls));
    }

    [Fact]
    public async Task Earlier_research_of_all_pages_is_listed_and_obeyed_by_no_terminal()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["research", "list"]);

        Assert.Equal($"2026-03-02 09:30  {api.Agent.Shown}  completed         Why [2J?\n2026-03-02 09:30  {api.Agent.Shown}  failed            How?\n", run.Out);
    }

    [Fact]
    public async Task Earlier_research_is_shown_with_its_steps_and_its_answer_is_checked()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["research", "show", $"{api.Agent.Shown}"]);

        Assert.Equal(" 1  search {\"query\":\"leave\"}: 6 passages\n", run.Error);
        Assert.StartsWith("The daily meal allowance inside Sweden is 300 kronor [1].\n\nSources\n[1] Travel policy", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("every quote verified in its document\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", "approve 3 abc")]
    [InlineData("n\n", "decline 3 abc")]
    [InlineData("\n", "decline 3 abc")]
    [InlineData("", "decline 3 abc")]
    [InlineData("perhaps\n", "decline 3 abc")]
    public async Task Whoever_sits_at_a_terminal_is_asked_and_only_a_yes_approves(string typed, string call)
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["research", Question], typed: typed);

        Assert.Contains("Approve it, until 10:30 UTC? [y/N]", run.Error, StringComparison.Ordinal);
        Assert.Equal(call, Assert.Single(api.Agent.Calls));
        Assert.Equal(ExitCodes.Done, run.ExitCode);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_a_call_is_declined_and_the_way_to_approve_it_is_named()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["research", Question, "--approve", "another_tool"]);

        Assert.Contains("declined: nobody can be asked here; --approve tickets_create approves it", run.Error, StringComparison.Ordinal);
        Assert.Equal("decline 3 abc", Assert.Single(api.Agent.Calls));
    }

    [Fact]
    public async Task A_call_that_may_have_happened_already_is_approved_by_nobody_beforehand()
    {
        await using var api = await FakeApi.StartAsync();
        api.Agent.MayHaveHappened = true;

        var run = await CliRun.OfAsync(api, ["research", Question, "--approve", "tickets_create"]);

        Assert.Contains("it may have been made already", run.Error, StringComparison.Ordinal);
        Assert.Equal("decline 3 abc", Assert.Single(api.Agent.Calls));
    }

    [Fact]
    public async Task A_stream_that_breaks_is_taken_up_again_and_no_step_is_told_twice()
    {
        await using var api = await FakeApi.StartAsync();
        api.Agent.CutsTheStream = true;

        var run = await CliRun.OfAsync(api, ["research", Question, "--approve", "tickets_create", "--json"]);

        Assert.Equal(1, run.Error.Split(" 1  think").Length - 1);
        var told = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((AgentStates.Completed, $"{api.Agent.Id}"), (told.GetProperty("state").GetString(), told.GetProperty("answer").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Without_a_model_that_calls_tools_the_refusal_is_told_with_its_code()
    {
        await using var api = await FakeApi.StartAsync();
        api.Agent.Refusal = new() { Status = 501, Code = ProblemCodes.NoTools, Title = "This needs a model that can call tools, and none is set up." };

        var run = await CliRun.OfAsync(api, ["research", Question]);

        Assert.Equal((ExitCodes.Failed, "error: This needs a model that can call tools, and none is set up.\ncode no_tools\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Whoever_interrupts_the_command_ends_the_run()
    {
        await using var api = await FakeApi.StartAsync();
        using var interrupted = new CancellationTokenSource();
        var asking = new AskedReader(interrupted);

        var run = await CliRun.OfAsync(api, ["research", Question], asking, interrupted.Token);

        Assert.Equal((ExitCodes.Interrupted, "stop"), (run.ExitCode, Assert.Single(api.Agent.Calls)));
    }

    [Fact]
    public async Task Whoever_interrupts_the_command_in_a_call_is_told_that_it_may_have_been_made()
    {
        await using var api = await FakeApi.StartAsync();
        api.Agent.CutOff = new() { Number = 3, Kind = "tool", State = AgentStepStates.Failed, Tool = "tickets_create", Arguments = "{}", Summary = "cut off, it may have been made" };
        using var interrupted = new CancellationTokenSource();
        var asking = new AskedReader(interrupted);

        var run = await CliRun.OfAsync(api, ["research", Question], asking, interrupted.Token);

        Assert.Contains(" 3  tickets_create {}: failed, cut off, it may have been made\n", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Somebody who is asked, and presses Ctrl-C.</summary>
    private sealed class AskedReader(CancellationTokenSource interrupt) : StringReader("")
    {
        public override string? ReadLine()
        {
            interrupt.Cancel();
            return null;
        }
    }
}
