using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>A model that has the last word about what a run says in the end, as in other answers.</summary>
public sealed class AgentJudgeTests : IAsyncLifetime
{
    private const string Supported = """{"supported":true}""";
    private const string Unsupported = """{"supported":false}""";
    private const string Question = "How many days of annual leave do full-time employees have in three years?";
    private const string Total = "Full-time employees have 84 days of annual leave in three years";
    private const string Literal = "Full-time employees have 28 days of annual leave a year [1].";
    private readonly List<string> _judged = [];

    private Office _office = null!;
    private TestApi _api = null!;
    private AiAppClient _client = null!;

    public async Task InitializeAsync()
    {
        _office = await Office.OpenAsync();
        _office.Model.Agents.Add(Question,
            AgentTurn.Call("search", """{"query":"annual leave full-time"}"""), AgentTurn.Call("calculate", """{"expression":"28 * 3"}"""), AgentTurn.Say($"{Total} [1]."));
        _api = await TestApi.StartAsync(settings: [.. _office.Arguments, "--Models:Chat:judge-model:Provider=openai", "--Models:Routes:judge:0=judge-model"]);
        _client = await _api.CreateClientAsync();
        await _client.UploadAsync(Office.Files(("leave.md", $"# Annual leave\n\n{AgentTasks.Leave}")));
        using var worker = new TestWorker(_api.Database);
        await worker.DrainAsync();
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _office.DisposeAsync();
    }

    [Fact]
    public async Task The_judge_is_shown_how_a_number_was_worked_out()
    {
        _office.Model.Writer = prompt => Judge(prompt, Supported);

        var run = await _client.RunAgentAsync(new() { Question = Question });

        Assert.Equal([$"{Total}. (28 * 3 = 84)"], _judged);
        Assert.Equal($"{Total} (28 * 3 = 84) [1].", run.Answer!.Text);
    }

    [Fact]
    public async Task What_the_judge_refuses_is_left_out_and_may_be_put_right()
    {
        _office.Model.Writer = prompt => prompt.Judged is null ? Literal : Judge(prompt, Unsupported);

        var run = await _client.RunAgentAsync(new() { Question = Question });

        Assert.Equal((Literal, ClaimFaults.Judged, 1), (run.Answer!.Text, Assert.Single(run.Answer.Grounding!.Removed), run.Answer.Grounding.Repaired));
        Assert.Equal([null, null, null, "judge", "repair"], run.Answer.Attempts.Select(attempt => attempt.Step));
    }

    private string Judge(ShownPrompt prompt, string verdict)
    {
        _judged.Add(prompt.Judged!);
        return verdict;
    }
}
