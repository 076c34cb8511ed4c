using System.Text.Json;
using AiApp.Testing;
using Microsoft.Extensions.AI;

namespace AiApp.Polyfills.Tests.AI;

public sealed class OpenAIToolTests
{
    private static readonly AIFunctionDeclaration Search = AIFunctionFactory.CreateDeclaration(
        "search", "Finds passages.", JsonDocument.Parse("""{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""").RootElement);

    [Fact]
    public async Task Tools_are_declared_and_calls_come_back_with_their_arguments()
    {
        await using var server = await ModelServer.StartAsync();
        server.Agents.Add("How many?", AgentTurn.Call("search", """{"query":"days"}"""));

        var response = await server.Chat("agent").GetResponseAsync("<question>How many?</question>", new ChatOptions { Tools = [Search], ToolMode = ChatToolMode.Auto });

        var sent = Assert.Single(server.Calls).Body;
        var function = sent.GetProperty("tools")[0].GetProperty("function");
        Assert.Equal(("search", "Finds passages.", "auto"), (function.GetProperty("name").GetString(), function.GetProperty("description").GetString(), sent.GetProperty("tool_choice").GetString()));
        Assert.Equal("query", function.GetProperty("parameters").GetProperty("required")[0].GetString());
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents));
        Assert.Equal(("search", "days", ChatFinishReason.ToolCalls), (call.Name, call.Arguments!["query"]?.ToString(), response.FinishReason));
    }

    [Fact]
    public async Task Arguments_that_are_no_json_are_an_exception_of_the_call_and_not_of_the_answer()
    {
        await using var server = await ModelServer.StartAsync();
        server.Agents.Add("How many?", AgentTurn.Call("search", "{\"query\": \"da"));

        var response = await server.Chat("agent").GetResponseAsync("<question>How many?</question>", new ChatOptions { Tools = [Search] });

        Assert.NotNull(Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents)).Exception);
    }

    [Fact]
    public async Task Calls_and_results_are_sent_as_the_protocol_has_them()
    {
        await using var server = await ModelServer.StartAsync();

        await server.Chat().GetResponseAsync(
        [
            new(ChatRole.User, "How many?"),
            new(ChatRole.Assistant, [new FunctionCallContent("a", "search", new Dictionary<string, object?> { ["query"] = "days" }), new FunctionCallContent("b", "search")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "28 days"), new FunctionResultContent("b", "nothing")]),
        ]);

        var messages = Assert.Single(server.Calls).Body.GetProperty("messages");
        var calls = messages[1].GetProperty("tool_calls");
        Assert.Equal(("a", "b"), (calls[0].GetProperty("id").GetString(), calls[1].GetProperty("id").GetString()));
        Assert.Equal("days", JsonDocument.Parse(calls[0].GetProperty("function").GetProperty("arguments").GetString()!).RootElement.GetProperty("query").GetString());
        Assert.Equal([("tool", "a"), ("tool", "b")], messages.EnumerateArray().Skip(2).Select(message => (message.GetProperty("role").GetString(), message.GetProperty("tool_call_id").GetString())));
    }
}
