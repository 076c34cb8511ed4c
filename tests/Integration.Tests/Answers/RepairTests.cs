using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Integration.Tests.Retrieval;
using AiApp.Rag.Retrieval;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace AiApp.Integration.Tests.Answers;

/// <summary>What a model says when it is shown what did not hold.</summary>
public sealed class RepairTests : IAsyncLifetime
{
    private const string Lie = "Full-time employees have 82 days of annual leave a year [1].";
    private const string Truth = FixedRetriever.LeaveText;
    private static readonly AskRequest Leave = new() { Question = "How many days of annual leave do full-time employees have?" };

    private ModelServer _server = null!;

    public async Task InitializeAsync() => _server = await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Written });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_sentence_that_does_not_hold_is_shown_as_the_model_puts_it_right()
    {
        _server.Writer = prompt => prompt.LeftOut.Count == 0 ? Lie : $"{Truth} [1]";
        await using var api = await StartAsync();

        var events = await (await api.CreateClientAsync()).AskStreamingAsync(Leave).ToListAsync();

        var answer = Assert.IsType<DoneEvent>(events[^1]).Answer;
        Assert.Equal((AnswerOutcomes.Answered, $"{Truth} [1]"), (answer.Outcome, answer.Text));
        Assert.Equal(answer.Text, string.Concat(events.OfType<DeltaEvent>().Select(delta => delta.Text)));
        Assert.Equal((1, "number"), (answer.Grounding!.Repaired, string.Join(' ', answer.Grounding.Removed)));
        Assert.Equal([null, "repair"], answer.Attempts.Select(attempt => attempt.Step));
        Assert.Contains("repair", answer.Stages.Select(stage => stage.Name));
        Assert.Contains("repairing", events.OfType<StageEvent>().Select(stage => stage.Name));
    }

    [Fact]
    public async Task What_it_puts_right_comes_behind_what_held()
    {
        _server.Writer = prompt => prompt.LeftOut.Count == 0 ? $"{Truth} [1]. {Lie}" : $"{Truth} [1] The annual leave of full-time employees is 28 days [1].";
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        // What the answer says already is not said again.
        Assert.Equal($"{Truth} [1]. The annual leave of full-time employees is 28 days [1].".Replace("..", ".", StringComparison.Ordinal), answer.Text.Replace("..", ".", StringComparison.Ordinal));
        Assert.Equal((2, 1, 1), (answer.Grounding!.Supported, answer.Grounding.Repaired, answer.Grounding.Removed.Count));
    }

    [Fact]
    public async Task A_model_is_shown_what_it_said_and_why_that_does_not_hold_and_its_call_stands_in_the_ledger()
    {
        _server.Writer = _ => Lie;
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        var asked = _server.Calls[^1].Body.GetRawText();
        Assert.Contains("82 days", asked, StringComparison.Ordinal);
        Assert.Contains("number", asked, StringComparison.Ordinal);
        Assert.Equal("repair", answer.Attempts[^1].Step);
        Assert.Equal(1L, await api.Database.ReadAsync<long>(
            $"SELECT count(*) FROM usage_ledger WHERE request_id = '{answer.Id}' AND step = 'repair' AND prompt_version LIKE 'repair.v1:%'"));
    }

    [Fact]
    public async Task A_model_that_insists_is_asked_once_and_its_sentence_is_left_out()
    {
        _server.Writer = _ => Lie;
        await using var api = await StartAsync();

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.InsufficientContext, 0), (answer.Outcome, answer.Citations.Count));
        Assert.Equal((0, "number"), (answer.Grounding!.Repaired, string.Join(' ', answer.Grounding.Removed)));
        Assert.Equal(2, _server.CallCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repair_that_fails_or_takes_too_long_changes_nothing_about_the_answer(bool isSlow)
    {
        _server.Writer = _ => $"{Truth} [1]. {Lie}";
        _server.ChatFaults.Next([null]);
        _server.ChatFaults.Always = isSlow ? new Fault.SlowHeaders(new Gate()) : new Fault.ServerError(503);
        await using var api = await StartAsync($"--Answering:RepairSeconds={(isSlow ? 1 : 30)}");

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal((AnswerOutcomes.Answered, 0), (answer.Outcome, answer.Grounding!.Repaired));
        Assert.StartsWith(Truth, answer.Text, StringComparison.Ordinal);
        Assert.Equal("openai", answer.Provider);
        Assert.Empty(answer.Degraded);
    }

    [Fact]
    public async Task Nothing_is_asked_where_everything_holds_or_the_repair_is_switched_off()
    {
        _server.Writer = _ => $"{Truth} [1]";
        await using var api = await StartAsync();
        await (await api.CreateClientAsync()).AskAsync(Leave);
        Assert.Equal(1, _server.CallCount);

        _server.Writer = _ => Lie;
        await using var without = await StartAsync("--Answering:RepairSeconds=0");
        await (await without.CreateClientAsync()).AskAsync(Leave);
        Assert.Equal(2, _server.CallCount);
    }

    [Fact]
    public async Task A_route_of_its_own_repairs()
    {
        _server.Writer = prompt => prompt.LeftOut.Count == 0 ? Lie : $"{Truth} [1]";
        await using var api = await StartAsync("--Models:Chat:mender:Provider=openai", "--Models:Routes:repair:0=mender");

        var answer = await (await api.CreateClientAsync()).AskAsync(Leave);

        Assert.Equal(["test-model", "mender"], answer.Attempts.Select(attempt => attempt.Model));
        Assert.Equal(("test-model", 1), (answer.Model, answer.Grounding!.Repaired));
    }

    [Fact]
    public async Task An_answer_that_is_given_again_is_repaired_likewise()
    {
        _server.Writer = prompt => prompt.LeftOut.Count == 0 ? Lie : $"{Truth} [1]";
        await using var api = await StartAsync();
        var client = await api.CreateClientAsync();
        await FixedRetriever.AddDocumentAsync(client, api.Database);
        var answer = await client.AskAsync(Leave);

        var replay = await client.ReplayAnswerAsync(answer.Id);

        Assert.True(replay.SameText);
        Assert.Equal(1, replay.Replay.Grounding!.Repaired);
        Assert.Equal(1, (await client.GetAnswerAsync(answer.Id)).Grounding!.Repaired);
    }

    private Task<TestApi> StartAsync(params string[] settings) => TestApi.StartAsync(
        configure: builder => builder.Services.AddSingleton<IRetriever>(FixedRetriever.Leave),
        settings:
        [
            "--Models:Provider=openai", $"--Models:OpenAI:Endpoint={_server.Endpoint}", "--Models:OpenAI:ApiKey=none", "--Models:OpenAI:ChatModel=test-model", .. settings,
        ]);
}
