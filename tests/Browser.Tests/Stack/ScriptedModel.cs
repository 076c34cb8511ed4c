using AiApp.Testing;

namespace AiApp.Browser.Tests.Stack;

/// <summary>A model that calls tools as scripts say, and a server with a tool that needs approval.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    public const string Price = "How much is the meal allowance for 5 days of travel inside Sweden?";
    public const string Ticket = "Make a ticket that says what the meal allowance inside Sweden is.";

    private const string Allowance = "The daily meal allowance for travel inside Sweden is 320 SEK";

    private readonly ModelServer model;
    private readonly McpServer tools;

    private ScriptedModel(ModelServer model, McpServer tools) => (this.model, this.tools) = (model, tools);

    public AgentScripts Agents => model.Agents;

    public IEnumerable<McpCall> Calls => tools.Calls;

    public IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Models:Providers:test:Endpoint", $"{model.Endpoint}"), ("Models:Providers:test:ApiKey", "none"), ("Models:Chat:agent:Provider", "test"),
        ("Models:Chat:agent:Abilities:0", "tools"), ("Models:Chat:agent:Prices:0:Version", "test"), ("Models:Chat:agent:Prices:0:Input", "2"),
        ("Models:Routes:agent:0", "agent"), ("Agent:PollMs", "100"), ("Agent:McpServers:office:Url", $"{tools.Address}"),
        ("Agent:McpServers:office:ApiKey", "secret"), ("Agent:McpServers:office:Tools:create_ticket:Access", "NeedsApproval"),
    ];

    public static async Task<ScriptedModel> StartAsync()
    {
        var scripted = new ScriptedModel(
            await ModelServer.StartAsync(new ModelServerOptions { Mode = AnswerMode.Agent }),
            await McpServer.StartAsync(
                new McpServerTool("create_ticket", "Makes a ticket.", """{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}""", _ => "Ticket 7 was made.")));
        scripted.Agents.Add(Price, Search, AgentTurn.Call("calculate", """{"expression":"5 * 320"}"""),
            AgentTurn.Say($"{Allowance} [{{n:320 SEK}}]. For 5 days of travel inside Sweden the meal allowance is 1600 SEK [{{n:320 SEK}}]."));
        scripted.AddTicket(Ticket, "Meal allowance");
        return scripted;
    }

    /// <summary>Research that makes a ticket of this title.</summary>
    public void AddTicket(string question, string title) => Agents.Add(question, Search, AgentTurn.Call("office_create_ticket", $$"""{"title":"{{title}}"}"""),
        AgentTurn.Say($"{Allowance} [{{n:320 SEK}}]."));

    /// <summary>The next call is refused, and asked again.</summary>
    public void FailOnce() => model.ChatFaults.Next(new Fault.ServerError(503));

    public async ValueTask DisposeAsync()
    {
        await model.DisposeAsync();
        await tools.DisposeAsync();
    }

    private static AgentTurn Search => AgentTurn.Call("search", """{"query":"daily meal allowance travel inside Sweden"}""");
}
