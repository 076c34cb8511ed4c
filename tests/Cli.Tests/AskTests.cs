using System.Text.Json;
using AiApp.Contracts;

namespace AiApp.Cli.Tests;

public sealed class AskTests
{
    private const string Question = "What is the daily meal allowance?";

    [Fact]
    public async Task An_answer_is_printed_with_its_sources_and_its_quotes_are_verified()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(
            """
            The daily meal allowance inside Sweden is 300 kronor [1].

            Sources
            [1] Travel policy — Allowances
                "Inside Sweden the daily meal allowance is 300 kronor."
                policies/travel.md  (version 2, characters 8–61)

            answered in 0.812 s by local/extractive
            every quote verified in its document

            """.ReplaceLineEndings("\n"),
            run.Out);
        Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task What_was_left_out_of_an_answer_or_put_right_is_said_below_it()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = api.Answer with { Grounding = new() { Supported = 2, Removed = ["number", "name", "number"], Repaired = 1 } };

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Contains("\nleft out, because the documents do not say it: 3 (number, name); 1 put right\nanswered in", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_in_a_conversation_says_what_it_was_understood_as()
    {
        await using var api = await FakeApi.StartAsync();
        var conversation = Guid.NewGuid();

        var run = await CliRun.OfAsync(api, ["ask", "And in Norway?", "--conversation", $"{conversation}"]);
        var json = await CliRun.OfAsync(api, ["ask", "And in Norway?", "--conversation", $"{conversation}", "--json"]);

        Assert.StartsWith("The daily meal allowance inside Sweden is 300 kronor [1].", run.Out, StringComparison.Ordinal);
        Assert.Equal($"understood as: And in Norway? In {conversation}.", run.Error.Trim());
        Assert.Equal($"And in Norway? In {conversation}.", JsonDocument.Parse(json.Out).RootElement.GetProperty("question").GetString());
    }

    [Fact]
    public async Task A_quote_that_does_not_stand_in_the_document_fails_the_command()
    {
        await using var api = await FakeApi.StartAsync();
        api.DocumentText = Sample.Text.Replace("300", "900", StringComparison.Ordinal);

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("the quote of [1] does not stand in policies/travel.md", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("verified", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, 0)]
    [InlineData(int.MaxValue, 53)]
    [InlineData(8, int.MaxValue)]
    public async Task Offsets_outside_the_document_fail_the_command(int start, int length)
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = api.Answer with { Citations = [Sample.Citation() with { StartOffset = start, Length = length }] };

        Assert.Equal(ExitCodes.Failed, (await CliRun.OfAsync(api, ["ask", Question])).ExitCode);
    }

    [Fact]
    public async Task A_marker_without_a_citation_fails_the_command()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = api.Answer with { Text = "It is 300 kronor [1], paid monthly [2]." };

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("[2] has no citation", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_citations_fails_the_command_even_unverified()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = api.Answer with { Citations = [] };

        Assert.Equal(ExitCodes.Failed, (await CliRun.OfAsync(api, ["ask", Question, "--verify", "false"])).ExitCode);
    }

    [Fact]
    public async Task Another_document_that_says_otherwise_is_printed_with_the_dates_of_both()
    {
        await using var api = await FakeApi.StartAsync();
        var other = api.Answer.Citations[0] with { Title = "Old policy", HeadingPath = "Old policy", Quote = "The allowance is 260 SEK." };
        api.Answer = api.Answer with
        {
            Grounding = new()
            {
                Supported = 1,
                Removed = [],
                Conflicts = [new() { Kind = "number", Other = other, CitedValidFrom = new(2026, 1, 1), ValidFrom = new(2024, 1, 1), ValidUntil = new(2025, 12, 31) }],
            },
        };

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Contains(
            "Other documents say otherwise\n  - earlier than [1] (valid from 2026-01-01): Old policy (valid from 2024-01-01 until 2025-12-31)\n    \"The allowance is 260 SEK.\"",
            run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_passage_speaks_of_is_said()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = Sample.NoAnswer() with { Grounding = new() { Supported = 0, Removed = [], Missing = ["zeppelin", "hangar"] } };

        Assert.Contains("Nothing near it speaks of: zeppelin, hangar", (await CliRun.OfAsync(api, ["ask", Question])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_honest_refusal_prints_the_nearest_passages_and_exits_3()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = Sample.NoAnswer();

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(ExitCodes.InsufficientContext, run.ExitCode);
        Assert.Contains("The documents do not say.\n\nNearest passages\n  - Travel policy — Allowances", run.Out, StringComparison.Ordinal);
        Assert.Contains("not answered in", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_the_answer_alone_on_stdout()
    {
        await using var api = await FakeApi.StartAsync();

        var run = await CliRun.OfAsync(api, ["ask", Question, "--json"]);

        var answer = JsonSerializer.Deserialize<AnswerDto>(run.Out, JsonSerializerOptions.Web)!;
        Assert.Equal((ExitCodes.Done, Question, Sample.Quote), (run.ExitCode, answer.Question, answer.Citations[0].Quote));
    }

    [Fact]
    public async Task A_problem_is_told_with_code_and_trace_on_stderr()
    {
        await using var api = await FakeApi.StartAsync();
        api.Problem = new ProblemDto { Status = 503, Detail = "The database is out.", Code = ProblemCodes.DatabaseUnavailable, TraceId = "4bf92f" };

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(
            (ExitCodes.Failed, "", "error: The database is out.\ncode db_unavailable, trace 4bf92f\n"),
            (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task A_stream_without_its_end_is_not_an_answer()
    {
        await using var api = await FakeApi.StartAsync();
        api.CutsTheStream = true;

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("stream_interrupted", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interruption_is_quiet_and_exits_130()
    {
        await using var api = await FakeApi.StartAsync();
        api.Hangs = true;
        using var interrupt = new CancellationTokenSource();

        var running = CliRun.OfAsync(api, ["ask", Question], interrupt.Token);
        await api.Reached.Task;
        await interrupt.CancelAsync();
        var run = await running;

        Assert.Equal((ExitCodes.Interrupted, "", ""), (run.ExitCode, run.Out, run.Error));
    }

    [Fact]
    public async Task Waiting_ends_when_documents_are_ready_and_none_is_open()
    {
        await using var api = await FakeApi.StartAsync();
        api.Summaries = [null, Sample.Summary(ready: 0), Sample.Summary(ready: 1, waiting: 2), Sample.Summary(ready: 3)];

        var run = await CliRun.OfAsync(api, ["ask", Question, "--wait"]);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Equal(5, api.SummaryRequests); // the last state is seen twice
        Assert.Contains("waiting for documents: 1 ready, 2 waiting", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_gives_up_after_its_limit_and_says_why()
    {
        var run = await CliRun.OfAsync(null, ["ask", Question, "--wait", "--wait-seconds", "0", "--api", "http://127.0.0.1:9"]);

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Contains("gave up after 0 s: the Api at http://127.0.0.1:9/ cannot be reached yet", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_the_environment_travels_as_a_bearer_token()
    {
        await using var api = await FakeApi.StartAsync();

        await CliRun.OfAsync(api, ["ask", Question], default, (ConnectionOptions.KeyVariable, "secret"));

        Assert.Equal("Bearer secret", api.Authorization);
    }

    [Fact]
    public async Task Control_characters_of_an_answer_do_not_reach_the_terminal()
    {
        await using var api = await FakeApi.StartAsync();
        api.Answer = api.Answer with { Text = "It is \u001b]0;owned\u0007 300 kronor [1]." };

        var run = await CliRun.OfAsync(api, ["ask", Question]);

        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u0007', run.Out);
    }
}
