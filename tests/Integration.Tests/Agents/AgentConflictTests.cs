using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What answers of the agent tell beside their citations, as other answers do.</summary>
public sealed class AgentConflictTests(AgentFixture fixture) : IClassFixture<AgentFixture>
{
    [Fact]
    public async Task Another_document_that_says_otherwise_is_told_with_the_run_and_in_the_record()
    {
        const string question = "How many days of annual leave do full-time employees have, and does any document say otherwise?";
        var client = await fixture.Api.CreateClientAsync();
        await client.UploadAsync(Office.Files(("leave.md", $"# Annual leave\n\n{AgentTasks.Leave}"), ("letter.md", "# Letter\n\nFull-time employees have 25 days of annual leave a year.")));
        using (var worker = new TestWorker(fixture.Api.Database))
        {
            await worker.DrainAsync();
        }
        fixture.Office.Model.Agents.Add(question, AgentTurn.Call("search", """{"query":"annual leave full-time"}"""), AgentTurn.Say($"{AgentTasks.Leave.TrimEnd('.')} [{{n:28 days}}]."));

        var (run, _) = await Office.RunAsync(client, new() { Question = question }, approve: false);

        foreach (var answer in new[] { run.Answer!, await client.GetAnswerAsync(run.Id) })
        {
            var conflict = Assert.Single(answer.Grounding!.Conflicts);
            Assert.Equal(("number", "Full-time employees have 25 days of annual leave a year."), (conflict.Kind, conflict.Other.Quote));
        }
    }

    [Fact]
    public async Task Without_an_answer_the_words_are_told_that_no_passage_has()
    {
        var (run, _) = await Office.RunAsync(fixture.Client, new() { Question = "What does the zeppelin hangar cost?" }, approve: false);

        Assert.Equal((AnswerOutcomes.InsufficientContext, "zeppelin hangar cost"), (run.Answer!.Outcome, string.Join(' ', run.Answer.Grounding!.Missing)));
    }
}
