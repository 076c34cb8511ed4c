using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What a run says in the end and no passage does is offered to a model once more, as in other answers.</summary>
public sealed class AgentRepairTests : IAsyncLifetime
{
    private const string Question = "How many days of annual leave do full-time employees have?";
    private const string Repaired = "Full-time employees have 28 days of annual leave a year [1].";
    private static readonly AgentTurn Search = AgentTurn.Call("search", """{"query":"annual leave full-time"}""");
    private static readonly AgentTurn Lie = AgentTurn.Say("Full-time employees have 31 days of annual leave a year [1].");

    private Office _office = null!;

    public async Task InitializeAsync()
    {
        _office = await Office.OpenAsync();
        _office.Model.Agents.Add(Question, Search, Lie);
    }

    public async Task DisposeAsync() => await _office.DisposeAsync();

    [Fact]
    public async Task It_takes_the_place_of_what_was_left_out_and_is_paid_and_recorded_with_the_run()
    {
        _office.Model.Writer = prompt => prompt.LeftOut is ["Full-time employees have 31 days of annual leave a year."] ? Repaired : "INSUFFICIENT_CONTEXT";
        await using var api = await StartAsync("--Models:OpenAI:ChatModel=m", "--Models:Chat:m:Provider=openai", "--Models:Chat:m:Abilities:0=tools",
            "--Models:Chat:m:Prices:0:Version=test", "--Models:Chat:m:Prices:0:Input=10", "--Models:Chat:m:Prices:0:Output=100");
        var client = await AskedAsync(api);

        var run = await client.RunAgentAsync(new() { Question = Question });

        Assert.Equal(Repaired, run.Answer!.Text);
        Assert.Equal((1, "number"), (run.Answer.Grounding!.Repaired, Assert.Single(run.Answer.Grounding.Removed)));
        var mending = Assert.Single(run.Answer.Attempts, attempt => attempt.Step == "repair");
        Assert.True(mending.CostDollars > 0);
        Assert.Equal(run.Steps.Sum(step => step.CostDollars) + mending.CostDollars, run.CostDollars);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_no_model_puts_it_right_the_run_ends_as_it_would_have(bool fails)
    {
        if (fails)
        {
            _office.Model.ChatFaults.Next(null, null);
            _office.Model.ChatFaults.Always = new Fault.ServerError(503);
        }
        await using var api = await StartAsync("--Gateway:RetryShare=0");
        var client = await AskedAsync(api);

        var run = await client.RunAgentAsync(new() { Question = Question });

        Assert.Equal((AgentStates.Completed, AnswerOutcomes.InsufficientContext), (run.State, run.Answer!.Outcome));
        Assert.Equal((0, "number"), (run.Answer.Grounding!.Repaired, Assert.Single(run.Answer.Grounding.Removed)));
    }

    [Fact]
    public async Task Nothing_is_asked_where_repair_is_switched_off()
    {
        await using var api = await StartAsync("--Answering:RepairSeconds=0");
        var client = await AskedAsync(api);

        await client.RunAgentAsync(new() { Question = Question });

        Assert.Equal(2, _office.Model.Calls.Count(call => call.Path.EndsWith("completions", StringComparison.Ordinal)));
    }

    private Task<TestApi> StartAsync(params string[] settings) => TestApi.StartAsync(settings: [.. _office.Arguments, .. settings]);

    private static async Task<AiAppClient> AskedAsync(TestApi api)
    {
        var client = await api.CreateClientAsync();
        await client.UploadAsync(Office.Files(("leave.md", $"# Annual leave\n\n{AgentTasks.Leave}")));
        using var worker = new TestWorker(api.Database);
        await worker.DrainAsync();
        return client;
    }
}
