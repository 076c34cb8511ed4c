using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Agents;
using AiApp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What a process that ends does about runs.</summary>
public sealed class AgentLeaveTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Whoever_follows_a_run_that_waits_is_let_go_when_the_process_ends()
    {
        const string question = "What is in the ticket?";
        await using var office = await Office.OpenAsync();
        office.Model.Agents.Add(question, AgentTurn.Call("office_create_ticket", """{"title":"Waits"}"""));
        await using var api = await TestApi.StartAsync(settings: office.Arguments);
        var client = await api.CreateClientAsync();
        await using var following = client.RunAgentStreamingAsync(new() { Question = question }).GetAsyncEnumerator();
        while (await following.MoveNextAsync() && following.Current is not AgentApprovalEvent)
        {
            // Until it waits.
        }

        var stopping = api.StopAsync();

        // A connection that the host breaks off when its time is over throws.
        while (await following.MoveNextAsync())
        {
            Assert.IsNotType<AgentDoneEvent>(following.Current);
        }
        await stopping.WaitAsync(Late);
    }

    [Fact]
    public async Task A_process_that_is_to_end_takes_up_no_run_and_goes_on_with_those_it_has()
    {
        const string question = "What takes long?";
        await using var office = await Office.OpenAsync();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        office.Model.Agents.BeforeTurn = (_, _, ct) =>
        {
            reached.TrySetResult();
            return goOn.Task.WaitAsync(ct);
        };
        await using var api = await TestApi.StartAsync(settings: office.Arguments);
        var client = await api.CreateClientAsync();
        var first = await BeginAsync(client, question);
        await reached.Task.WaitAsync(Late);
        var worker = api.Services.GetServices<IHostedService>().OfType<AgentWorker>().Single();

        await worker.StoppingAsync(CancellationToken.None);
        var second = await BeginAsync(client, question);
        goOn.SetResult();
        await worker.ExecuteTask!.WaitAsync(Late);

        Assert.Equal((AgentStates.Completed, 1), await LookAsync(client, first));
        Assert.Equal((AgentStates.Running, 0), await LookAsync(client, second));
    }

    private static async Task<Guid> BeginAsync(AiAppClient client, string question) =>
        (await client.RunAgentStreamingAsync(new() { Question = question }).OfType<AgentRunEvent>().FirstAsync()).Run.Id;

    private static async Task<(string State, int Takeovers)> LookAsync(AiAppClient client, Guid id)
    {
        var run = await client.GetAgentRunAsync(id);
        return (run.State, run.Takeovers);
    }
}
