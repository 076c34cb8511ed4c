using System.Text.Json;
using AiApp.Rag.Access;
using AiApp.Rag.Agents;
using AiApp.Rag.Agents.Mcp;
using AiApp.Rag.Agents.Tools;
using AiApp.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiApp.Integration.Tests.Agents;

/// <summary>What a server outside may do to whoever calls its tools.</summary>
public sealed class McpServerTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_server_that_never_lets_a_session_end_holds_up_nobody()
    {
        await using var server = await StartAsync();
        using var connection = Connect(server);
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

    [Fact]
    public async Task A_call_whose_answer_breaks_off_may_have_happened()
    {
        await using var server = await StartAsync();
        server.BreaksOff = true;

        var result = await CallAsync(server, NullLogger.Instance);

        Assert.Single(server.Calls);
        Assert.Contains("may have happened", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_the_server_refuses_has_not_happened()
    {
        await using var server = await StartAsync();
        server.Refusal = "No.";

        var result = await CallAsync(server, NullLogger.Instance);

        Assert.Equal("The server refused the call.", result.Text);
    }

    [Fact]
    public async Task The_log_tells_how_a_server_failed_and_none_of_its_words()
    {
        await using var server = await StartAsync();
        server.Refusal = "The secret is 42.";
        var log = new Lined();

        await CallAsync(server, log);

        Assert.Equal(["The tool echo of the MCP server office could not be called: McpProtocolException -32601"], log.Lines);
    }

    private static Task<McpServer> StartAsync() =>
        McpServer.StartAsync(new McpServerTool("echo", "", """{"type":"object"}""", arguments => arguments.GetRawText()));

    private static McpConnection Connect(McpServer server) =>
        new(new() { Url = $"{server.Address}", TimeoutSeconds = 30, Tools = { ["echo"] = new() } }, NullLoggerFactory.Instance);

    private static async Task<ToolResult> CallAsync(McpServer server, ILogger logger)
    {
        using var connection = Connect(server);
        var tool = new McpTool("office", (await connection.ListToolsAsync(CancellationToken.None)).Single(), new(), connection, logger);
        var task = new AgentTask { Tenant = new(1), Principals = PrincipalSet.Everyone, AskedBy = "a test", Question = "Why?", Limits = new(24, 300, 0) };
        return await tool.CallAsync(JsonSerializer.SerializeToElement(new { a = 1 }), new(Guid.NewGuid(), task, new([]), 12_000), CancellationToken.None);
    }

    /// <summary>Lines as a console would show them, with the texts of exceptions.</summary>
    private sealed class Lined : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)}{exception}");
    }
}
