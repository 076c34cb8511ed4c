using System.Text;
using AiApp.Contracts;
using AiApp.Testing;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What surrounds the agent: a model that follows scripts, and a server with a tool that looks something up and one that makes tickets.</summary>
internal sealed class Office : IAsyncDisposable
{
    private Office(ModelServer model, McpServer tools) => (Model, Tools) = (model, tools);

    public ModelServer Model { get; }
    public McpServer Tools { get; }

    public IEnumerable<McpCall> Tickets => Tools.Calls.Where(call => call.Tool == "create_ticket");

    public static async Task<Office> OpenAsync(AnswerMode mode = AnswerMode.Agent)
    {
        var office = new Office(
            await ModelServer.StartAsync(new ModelServerOptions { Mode = mode }),
            await McpServer.StartAsync(
                new McpServerTool("price", "Says what an item costs.", """{"type":"object","properties":{"item":{"type":"string"}},"required":["item"]}""", _ => "It costs 200 EUR."),
                // What a server says of itself must not spare anybody the decision.
                new McpServerTool("create_ticket", "Makes a ticket.", """{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}""", _ => "Ticket 7 was made.")
                {
                    ClaimsToBeReadOnly = true,
                },
                new McpServerTool("delete_tickets", "Deletes all tickets.", """{"type":"object"}""", _ => "Gone.")));
        foreach (var task in AgentTasks.All)
        {
            office.Model.Agents.Add(task.Question, task.Turns);
        }
        return office;
    }

    /// <summary>For an Api that asks this model and may use both tools, but not the third.</summary>
    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Models:Provider", "openai"), ("Models:OpenAI:Endpoint", $"{Model.Endpoint}"), ("Models:OpenAI:ApiKey", "none"), ("Agent:PollMs", "100"),
        ("Agent:McpServers:office:Url", $"{Tools.Address}"), ("Agent:McpServers:office:ApiKey", "secret"),
        ("Agent:McpServers:office:Tools:price:Access", "ReadOnly"), ("Agent:McpServers:office:Tools:create_ticket:Access", "NeedsApproval"),
    ];

    public string[] Arguments => [.. Settings.Select(setting => $"--{setting.Name}={setting.Value}")];

    public static IEnumerable<(string, Stream)> Files(params IEnumerable<(string Name, string Text)> documents) =>
        documents.Select(document => (document.Name, (Stream)new MemoryStream(Encoding.UTF8.GetBytes(document.Text))));

    /// <summary>Runs it to its end, deciding wherever somebody has to. Returns how often that was.</summary>
    public static async Task<(AgentRunDto Run, int Decisions)> RunAsync(AiAppClient client, AgentRequest request, bool approve)
    {
        var run = await client.RunAgentAsync(request);
        var decisions = 0;
        for (; run.Approval is { } asked; decisions++)
        {
            await client.DecideAgentCallAsync(run.Id, new() { Step = asked.Step, Approve = approve, Hash = asked.Hash });
            run = await RestAsync(client, run.Id);
        }
        return (run, decisions);
    }

    /// <summary>The run once it is over or waits for somebody.</summary>
    public static async Task<AgentRunDto> RestAsync(AiAppClient client, Guid id)
    {
        await foreach (var change in client.WatchAgentRunAsync(id))
        {
            switch (change)
            {
                case AgentDoneEvent done:
                    return done.Run;
                case AgentApprovalEvent or AgentErrorEvent:
                    return await client.GetAgentRunAsync(id);
            }
        }
        throw new InvalidOperationException("The stream ended without an end.");
    }

    public async ValueTask DisposeAsync()
    {
        await Model.DisposeAsync();
        await Tools.DisposeAsync();
    }
}
