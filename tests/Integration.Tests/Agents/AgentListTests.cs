using System.Net;
using AiApp.Contracts;
using AiApp.Integration.Tests.Hosting;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>Earlier runs, for whoever asked.</summary>
public sealed class AgentListTests(AgentFixture fixture) : IClassFixture<AgentFixture>
{
    [Fact]
    public async Task Runs_are_listed_newest_first_page_by_page_without_their_steps()
    {
        var client = NewClient(await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}"));
        var began = new List<Guid>();
        foreach (var question in new[] { "One?", "Two?", "Three?" })
        {
            fixture.Office.Model.Agents.Add(question, AgentTurn.Say("The documents do not say."));
            began.Add((await client.RunAgentAsync(new() { Question = question })).Id);
        }

        var first = await client.ListAgentRunsAsync(limit: 2);
        var second = await client.ListAgentRunsAsync(first.Next, limit: 2);

        Assert.Equal([began[2], began[1], began[0]], first.Items.Concat(second.Items).Select(run => run.Id));
        Assert.Null(second.Next);
        Assert.All(first.Items, run => Assert.Equal((AgentStates.Completed, 0), (run.State, run.Steps.Count)));
    }

    [Fact]
    public async Task Runs_of_others_are_not_listed()
    {
        fixture.Office.Model.Agents.Add("Whose?", AgentTurn.Say("The documents do not say."));
        var key = await fixture.Api.CreateKeyAsync($"tenant {Guid.NewGuid():N}", onBehalfOf: true);
        var (asker, colleague) = (NewClient(key, "ada"), NewClient(key, "bo"));
        await asker.RunAgentAsync(new() { Question = "Whose?" });

        Assert.Empty((await colleague.ListAgentRunsAsync()).Items);
        Assert.Single((await asker.ListAgentRunsAsync()).Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task A_page_of_no_size_is_refused(int limit)
    {
        var refused = await Assert.ThrowsAsync<AiAppException>(() => fixture.Client.ListAgentRunsAsync(limit: limit));

        Assert.Equal((int)HttpStatusCode.BadRequest, refused.Problem.Status);
    }

    private AiAppClient NewClient(string key, string? user = null)
    {
        var http = fixture.Api.CreateHttp(key);
        if (user is not null)
        {
            http.DefaultRequestHeaders.Add(AiAppClient.UserHeader, user);
        }
        return new(http);
    }
}
