using AiApp.Rag.Agents.Mcp;
using AiApp.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What a server outside may do to whoever calls its tools.</summary>
public sealed class McpServerTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_server_that_never_lets_a_session_end_holds_up_nobody()
    {
        await using var server = await McpServer.StartAsync(new McpServerTool("echo", "", """{"type":"object"}""", arguments => arguments.GetRawText()));
        using var connection = new McpConnection(new() { Url = $"{server.Address}", TimeoutSeconds = 30, Tools = { ["echo"] = new() } }, NullLoggerFactory.Instance);
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Session = "one";
        server.AtEnd = ct =>
        {
            ending.SetResult();
            return Task.Delay(Timeout.Infinite, ct);
        };

        var answer = await connection.CallAsync("echo", new Dictionary<string, object?> { ["a"] = 1 }, CancellationToken.None).WaitAsync(Late);

        Assert.Equal((true, """{"a":1}"""), (ending.Task.IsCompleted, answer.Text));
    }
}
