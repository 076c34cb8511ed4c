using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;

namespace AiApp.Integration.Tests.Agents;

/// <summary>An Api beside an <see cref="Office"/>, with the documents of the tasks in one tenant: tasks only read them.</summary>
public sealed class AgentFixture : IAsyncLifetime
{
    internal Office Office { get; private set; } = null!;
    internal TestApi Api { get; private set; } = null!;
    internal AiAppClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Office = await Office.OpenAsync();
        Api = await TestApi.StartAsync(settings: Office.Arguments);
        Client = await Api.CreateClientAsync();
        await Client.UploadAsync(Office.Files(AgentTasks.Documents), "handbook");
        using var worker = new TestWorker(Api.Database);
        await worker.DrainAsync();
    }

    public async Task DisposeAsync()
    {
        await Api.DisposeAsync();
        await Office.DisposeAsync();
    }
}

public sealed class AgentTaskTests(AgentFixture fixture) : IClassFixture<AgentFixture>
{
    public static TheoryData<ScriptedTask> Tasks => [.. AgentTasks.All];

    [Theory]
    [MemberData(nameof(Tasks))]
    public async Task A_task_of_several_steps_ends_with_an_answer_that_rests_on_documents(ScriptedTask task)
    {
        var tickets = fixture.Office.Tickets.Count();

        var (run, decisions) = await Office.RunAsync(fixture.Client, new() { Question = task.Question }, task.Approve);

        await CheckAsync(fixture.Client, task, run);
        Assert.Equal((task.Approvals, task.Tickets), (decisions, fixture.Office.Tickets.Count() - tickets));
    }

    internal static async Task CheckAsync(AiAppClient client, ScriptedTask task, AgentRunDto run)
    {
        Assert.Equal((AgentStates.Completed, null), (run.State, run.FailureCode));
        Assert.Equal(task.Outcome, run.Answer!.Outcome);
        Assert.Contains(task.Expected.TrimEnd('.'), run.Answer.Text, StringComparison.Ordinal);
        if (task.Unexpected is { } words)
        {
            Assert.DoesNotContain(words, run.Answer.Text, StringComparison.Ordinal);
        }
        foreach (var citation in run.Answer.Citations)
        {
            var document = await client.GetDocumentTextAsync(citation.DocumentId, citation.VersionId);
            Assert.Equal(citation.Quote, document.Text.Substring(citation.StartOffset, citation.Length));
        }
        Assert.Equal(run.Answer.Text, (await client.GetAnswerAsync(run.Id)).Text);
        Assert.All(run.Steps, step => Assert.NotNull(step.EndedAt));
    }
}
