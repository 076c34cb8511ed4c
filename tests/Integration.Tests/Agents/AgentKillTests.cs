using System.Diagnostics;
using AiApp.Contracts;
using AiApp.Integration.Tests.Chaos;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Agents;

/// <summary>The process that works on a run is killed in the middle of a step, and another one goes on.</summary>
public sealed class AgentKillTests(ITestOutputHelper output)
{
    private const int Seed = 11;

    // In a turn of the model that the seed chooses, or in the call of this tool.
    private static readonly (string Task, string? InTool)[] Kills =
    [
        ("two facts", null), ("a sum of two documents", null), ("reading on in a document", null),
        ("a server outside, before documents", "price"), ("a change that is approved", "create_ticket"),
    ];

    [Fact]
    public async Task Twenty_tasks_come_to_their_answers_though_five_are_killed_and_no_change_is_made_twice()
    {
        await using var office = await Office.OpenAsync();
        await using var system = await ChaosSystem.StartAsync(
            [.. office.Settings.Append(("Agent:LeaseSeconds", "4")).Select(setting => (setting.Item1.Replace(":", "__", StringComparison.Ordinal), setting.Item2))]);
        await system.ReadyAsync();
        await system.Client.UploadAsync(Office.Files(AgentTasks.Documents), "handbook");
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while ((await system.Client.GetDocumentSummaryAsync(late.Token)).Ready < AgentTasks.Documents.Count)
        {
            await Task.Delay(100, late.Token);
        }

        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        var (killed, again, steps) = (0, 0, 0);
        foreach (var task in AgentTasks.All)
        {
            var kill = Kills.FirstOrDefault(kill => kill.Task == task.Name);
            var (run, asked) = kill.Task is null
                ? ((await Office.RunAsync(system.Client, new() { Question = task.Question }, task.Approve)).Run, 0)
                : await KilledAsync(office, system, task, kill.InTool, random);
            await AgentTaskTests.CheckAsync(system.Client, task, run);
            killed += kill.Task is null ? 0 : 1;
            again += asked;
            steps += run.Steps.Count;
        }

        output.WriteLine($"seed {Seed}: {AgentTasks.All.Count} tasks of {steps} steps, {killed} killed and taken up again in {watch.Elapsed.TotalSeconds:0.0} s; "
            + $"{system.Api.Starts} processes, {office.Tickets.Count()} ticket, {again} calls asked about again because they may have happened, "
            + $"{office.Tools.Calls.Count(call => call.Tool == "price")} look-ups");
        Assert.Equal((5, 1, 1), (killed, again, office.Tickets.Count()));
    }

    private static async Task<(AgentRunDto Run, int AskedAgain)> KilledAsync(Office office, ChaosSystem system, ScriptedTask task, string? inTool, Random random)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = random.Next(task.Turns.Count);
        // The first to come here is held until its process is gone.
        Task HoldAsync(bool isHere, CancellationToken ct) => isHere && reached.TrySetResult() ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask;
        office.Model.Agents.BeforeTurn = (question, at, ct) => HoldAsync(inTool is null && question == task.Question && at == turn, ct);
        office.Tools.InCall = (call, ct) => HoldAsync(call.Tool == inTool, ct);

        var began = new TaskCompletionSource<Guid>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = Task.Run(async () =>
        {
            try
            {
                await foreach (var change in system.Client.RunAgentStreamingAsync(new() { Question = task.Question }))
                {
                    if (change is AgentRunEvent told)
                    {
                        began.TrySetResult(told.Run.Id);
                    }
                    if (change is AgentApprovalEvent asked)
                    {
                        await DecideAsync(system.Client, await began.Task, asked.Approval, approve: true);
                    }
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // Its process was killed.
            }
        });
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // Whoever asked must have been told of the run: its first turn may be made sooner.
        var id = await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(system.Api.Kill());
        await watching;
        await system.ReadyAsync();

        var again = 0;
        var run = await Office.RestAsync(system.Client, id);
        while (run.Approval is { } waiting)
        {
            again += waiting.MayHaveHappened ? 1 : 0;
            await DecideAsync(system.Client, id, waiting, approve: !waiting.MayHaveHappened);
            run = await Office.RestAsync(system.Client, id);
        }
        Assert.True(run.Takeovers > 1, "No other process has taken it up.");
        return (run, again);
    }

    private static Task<AgentRunDto> DecideAsync(AiAppClient client, Guid id, AgentApprovalDto asked, bool approve) =>
        client.DecideAgentCallAsync(id, new() { Step = asked.Step, Approve = approve, Hash = asked.Hash });
}
