using System.Diagnostics;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Agents.Mcp;
using AiApp.Rag.Telemetry;
using AiApp.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What a run may take and see, and what happens where it cannot be made.</summary>
public sealed class AgentLimitTests(AgentFixture fixture) : IClassFixture<AgentFixture>
{
    private static readonly AgentTurn Search = AgentTurn.Call("search", """{"query":"annual leave full-time"}""");

    [Fact]
    public async Task A_model_that_never_ends_has_to_answer_with_its_last_step()
    {
        const string question = "Search for ever.";
        fixture.Office.Model.Agents.Add(question, Search);

        var run = await fixture.Client.RunAgentAsync(new() { Question = question, Limits = new() { Steps = 7 } });

        Assert.Equal((AgentStates.Completed, AnswerOutcomes.InsufficientContext), (run.State, run.Answer!.Outcome));
        Assert.InRange(run.Steps.Count, 5, 7);
    }

    [Fact]
    public async Task The_smallest_run_looks_something_up_and_answers()
    {
        const string question = "How many days of annual leave do full-time employees have, in a few steps?";
        fixture.Office.Model.Agents.Add(question, Search, AgentTurn.Say($"{AgentTasks.Leave.TrimEnd('.')} [{{n:28 days}}]."));

        var run = await fixture.Client.RunAgentAsync(new() { Question = question, Limits = new() { Steps = 3 } });

        Assert.Equal(AnswerOutcomes.Answered, run.Answer!.Outcome);
    }

    [Fact]
    public async Task A_run_that_could_look_nothing_up_is_refused()
    {
        var problem = (await Assert.ThrowsAsync<AiAppException>(() => fixture.Client.RunAgentAsync(new() { Question = "Anything?", Limits = new() { Steps = 2 } }))).Problem;

        Assert.Equal((400, ProblemCodes.Validation), (problem.Status, problem.Code));
    }

    [Fact]
    public async Task A_run_ends_when_its_time_is_over()
    {
        const string question = "Take your time.";
        fixture.Office.Model.Agents.BeforeTurn = (asked, _, ct) => asked == question ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;

        var problem = await Assert.ThrowsAsync<AiAppException>(() => fixture.Client.RunAgentAsync(new() { Question = question, Limits = new() { Seconds = 1 } }));

        fixture.Office.Model.Agents.BeforeTurn = null;
        Assert.Equal(ProblemCodes.AgentLimit, problem.Problem.Code);
    }

    [Fact]
    public async Task No_model_is_asked_that_might_cost_more_than_the_run_may()
    {
        await using var office = await Office.OpenAsync();
        await using var api = await TestApi.StartAsync(settings:
        [
            .. office.Arguments, "--Models:OpenAI:ChatModel=m", "--Models:Chat:m:Provider=openai", "--Models:Chat:m:Abilities:0=tools",
            "--Models:Chat:m:Prices:0:Version=test", "--Models:Chat:m:Prices:0:Input=10", "--Models:Chat:m:Prices:0:Output=100", "--Agent:MaxOutputTokens=200",
        ]);
        var client = await api.CreateClientAsync();

        var problem = await Assert.ThrowsAsync<AiAppException>(() => client.RunAgentAsync(new() { Question = "Anything?", Limits = new() { CostDollars = 0.001m } }));

        Assert.Equal(ProblemCodes.AgentLimit, problem.Problem.Code);
        Assert.DoesNotContain(office.Model.Calls, call => call.Path.EndsWith("completions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_model_can_call_tools_it_says_so_and_what_to_do()
    {
        await using var api = await TestApi.StartAsync();
        var client = await api.CreateClientAsync();

        var problem = (await Assert.ThrowsAsync<AiAppException>(() => client.RunAgentAsync(new() { Question = "Anything?" }))).Problem;

        Assert.Equal((501, ProblemCodes.NoTools), (problem.Status, problem.Code));
        Assert.Contains("Models:Routes:agent", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_takes_no_tools_is_told_apart_from_one_that_fails()
    {
        await using var office = await Office.OpenAsync();
        office.Model.RefusesTools = true;
        await using var api = await TestApi.StartAsync(settings: office.Arguments);
        var client = await api.CreateClientAsync();

        var problem = (await Assert.ThrowsAsync<AiAppException>(() => client.RunAgentAsync(new() { Question = "Anything?" }))).Problem;

        Assert.Equal(ProblemCodes.NoTools, problem.Code);
    }

    [Fact]
    public async Task Tools_read_what_whoever_asked_may_read_and_nothing_else()
    {
        var key = await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true);
        var (anna, ben) = (For(key, "anna"), For(key, "ben"));
        await anna.UploadAsync(Office.Files(("secret.md", "# Plans\n\nThe office in Malmö is closed in May.")), null, ["user:anna"]);
        using (var worker = new TestWorker(fixture.Api.Database))
        {
            await worker.DrainAsync();
        }
        var document = (await anna.ListDocumentsAsync()).Items.Single().Id;
        const string question = "When is the office in Malmö closed?";
        fixture.Office.Model.Agents.Add(question,
            AgentTurn.Call("list_collections", "{}"), AgentTurn.Call("search", """{"query":"office Malmö closed"}"""),
            AgentTurn.Call("open_document", $$"""{"document":"{{document}}"}"""), AgentTurn.Say("The office in Malmö is closed in May [{n:Malmö}]."));

        Assert.Equal(AnswerOutcomes.Answered, (await anna.RunAgentAsync(new() { Question = question })).Answer!.Outcome);
        var run = await ben.RunAgentAsync(new() { Question = question });

        Assert.Equal((AnswerOutcomes.InsufficientContext, 0), (run.Answer!.Outcome, run.Answer.Passages.Count));
        Assert.Equal(["0 collections", "0 passages", null], run.Steps.Where(step => step.Tool is not null).Select(step => step.Summary));
    }

    [Fact]
    public async Task A_server_may_answer_in_events_and_is_not_followed_elsewhere()
    {
        await using var server = await McpServer.StartAsync(new McpServerTool("echo", "", """{"type":"object"}""", arguments => arguments.GetRawText()));
        using var connection = new McpConnection(new() { Url = $"{server.Address}", ApiKey = "secret", Tools = { ["echo"] = new() } }, NullLoggerFactory.Instance);
        server.Streams = true;

        var answer = await connection.CallAsync("echo", new Dictionary<string, object?> { ["a"] = 1 }, CancellationToken.None);

        Assert.Equal(("""{"a":1}""", "Bearer secret"), (answer.Text, server.Authorization));
        await using var other = await McpServer.StartAsync();
        server.RedirectsTo = $"{other.Address}";
        await Assert.ThrowsAnyAsync<Exception>(() => connection.ListToolsAsync(CancellationToken.None));
        Assert.Null(other.Authorization);
    }

    [Fact]
    public async Task An_answer_of_a_server_is_not_read_beyond_its_bound()
    {
        await using var server = await McpServer.StartAsync(new McpServerTool("flood", "", """{"type":"object"}""", _ => new string('x', 200_000)));
        using var connection = new McpConnection(new() { Url = $"{server.Address}", MaxResponseBytes = 50_000, Tools = { ["flood"] = new() } }, NullLoggerFactory.Instance);

        await Assert.ThrowsAnyAsync<Exception>(() => connection.CallAsync("flood", new Dictionary<string, object?>(), CancellationToken.None));
    }

    [Fact]
    public async Task Every_step_is_a_span_of_the_run()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is RagTelemetry.Name or RagTelemetry.ModelsName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var task = AgentTasks.All.First(task => task.Name == "a product");

        var run = await fixture.Client.RunAgentAsync(new() { Question = task.Question });

        // It ends after whoever follows the run has been told of its end.
        var whole = await EndedAsync(spans, span => span.GetTagItem(RagTelemetry.ConversationId) is Guid id && id == run.Id);
        List<Activity> all;
        lock (spans)
        {
            all = [.. spans];
        }
        var steps = all.Where(span => span.TraceId == whole.TraceId).ToList();
        Assert.Equal(["execute_tool search", "execute_tool calculate"], steps.Where(span => span.OperationName.StartsWith("execute_tool", StringComparison.Ordinal)).Select(span => span.OperationName));
        Assert.Equal(3, steps.Count(span => span.DisplayName.StartsWith("chat ", StringComparison.Ordinal)));
    }

    private static async Task<Activity> EndedAsync(List<Activity> spans, Func<Activity, bool> wanted)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            lock (spans)
            {
                if (spans.Find(span => wanted(span)) is { } ended)
                {
                    return ended;
                }
            }
            await Task.Delay(20, late.Token);
        }
    }

    private AiAppClient For(string key, string user)
    {
        var http = fixture.Api.CreateHttp(key);
        http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
        return new(http);
    }
}
