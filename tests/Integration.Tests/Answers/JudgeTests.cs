using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Answers;

/// <summary>A model that has the last word about sentences that the rules let pass.</summary>
public sealed class JudgeTests : IAsyncLifetime
{
    private const string Supported = """{"supported":true}""";
    private const string Unsupported = """{"supported":false}""";
    private const string Reworded = "The annual leave of full-time employees is 28 days [1].";
    private const string Twice = $"{Reworded} Employees that work full-time have 28 days of leave [1].";
    private static readonly AskRequest Leave = new() { Question = "How many days of annual leave do full-time employees have?" };

    private ModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Written });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_sentence_that_the_judge_upholds_is_shown()
    {
        _server.Writer = prompt => prompt.Judged is null ? Reworded : Supported;
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.Answered, Reworded), (answer.Outcome, answer.Text));
        Assert.Equal([(null, "test-model"), ("judge", "judge-model")], answer.Attempts.Select(attempt => (attempt.Step, attempt.Model)));
        Assert.Equal("test-model", answer.Model);
        Assert.Equal(1L, await api.Database.ReadAsync<long>(
            $"SELECT count(*) FROM usage_ledger WHERE request_id = '{answer.Id}' AND step = 'judge' AND prompt_version LIKE 'judge.v1:%'"));
    }

    [Fact]
    public async Task A_sentence_that_the_judge_refuses_is_left_out_and_may_be_put_right()
    {
        _server.Writer = prompt => prompt.Judged is not null ? Unsupported : prompt.LeftOut.Count == 0 ? Reworded : $"{FixedRetriever.LeaveText} [1]";
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal($"{FixedRetriever.LeaveText} [1]", answer.Text);
        Assert.Equal((ClaimFaults.Judged, 1), (string.Join(' ', answer.Grounding!.Removed), answer.Grounding.Repaired));
        // What stands in the passage word for word needs no judge.
        Assert.Equal([null, "judge", "repair"], answer.Attempts.Select(attempt => attempt.Step).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_judge_refuses_again_is_not_shown()
    {
        _server.Writer = prompt => prompt.Judged is null ? Reworded : Unsupported;
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.InsufficientContext, 0, 1), (answer.Outcome, answer.Citations.Count, answer.Grounding!.Removed.Count));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("slow")]
    [InlineData("nonsense")]
    public async Task A_judge_that_does_not_judge_holds_up_no_answer_and_is_asked_once(string how)
    {
        _server.Writer = prompt => prompt.Passages.Count > 0 && prompt.Judged is null ? Twice : "I should say so.";
        if (how != "nonsense")
        {
            _server.ChatFaults.Next([null]);
            _server.ChatFaults.Always = how == "out" ? new Fault.ServerError(503) : new Fault.SlowHeaders(new Gate());
        }
        await using var api = await StartAsync($"--Answering:JudgeSeconds={(how == "slow" ? 5 : 30)}", "--Gateway:RetryShare=0");

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.Answered, 2, 0), (answer.Outcome, answer.Grounding!.Supported, answer.Grounding.Removed.Count));
        // Nonsense is sent back once with the reasons.
        Assert.Equal(how == "nonsense" ? 2 : 1, answer.Attempts.Count(attempt => attempt.Step == "judge"));
        Assert.DoesNotContain("ok", answer.Attempts.Where(attempt => attempt.Step == "judge").Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task Judging_that_takes_too_long_altogether_costs_no_answer()
    {
        _server.Writer = prompt => prompt.Judged is null ? Twice : Supported;
        _server.ChatFaults.Next([null]);
        _server.ChatFaults.Always = new Fault.SlowHeaders(new Gate());
        // The whole deadline would pass while the first sentence waits.
        await using var api = await StartAsync("--Answering:JudgeSeconds=30", "--Answering:JudgeTotalSeconds=5", "--Gateway:DeadlineSeconds=30");

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.Answered, 2), (answer.Outcome, answer.Grounding!.Supported));
        Assert.Equal([null, "judge"], answer.Attempts.Select(attempt => attempt.Step));
    }

    [Fact]
    public async Task A_sentence_that_waits_for_a_citation_is_judged_with_the_one_that_brings_it()
    {
        _server.Writer = prompt => prompt.Judged is { } sentence ? sentence.StartsWith("Employees", StringComparison.Ordinal) ? Unsupported : Supported
            : "Employees that work full-time have 28 days of annual leave a year. " + Reworded;
        await using var api = await StartAsync("--Answering:RepairSeconds=0");

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal(Reworded, answer.Text);
        Assert.Equal([ClaimFaults.Judged], answer.Grounding!.Removed);
    }

    [Fact]
    public async Task Nobody_judges_unless_a_route_says_who()
    {
        _server.Writer = _ => Reworded;
        await using var api = await TestApi.StartAsync(configure: Configure, settings: [.. Settings()]);

        await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal(1, _server.CallCount);
    }

    private static void Configure(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave);

    private IEnumerable<string> Settings() =>
        ["--Models:Provider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=test-model"];

    private Task<TestApi> StartAsync(params string[] settings) => TestApi.StartAsync(
        configure: Configure, settings: [.. Settings(), "--Models:Chat:judge-model:Provider=openai", "--Models:Routes:judge:0=judge-model", .. settings]);
}
