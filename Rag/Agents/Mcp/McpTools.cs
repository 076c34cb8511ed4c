using System.Collections.Concurrent;
using AiApp.Rag.Agents.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents.Mcp;

/// <summary>The tools of all configured servers that the configuration allows. A server that does not answer has none for now.</summary>
internal sealed partial class McpTools(IOptions<AgentOptions> options, TimeProvider clock, ILoggerFactory logging, ILogger<McpTools> logger) : IDisposable
{
    // A server's list changes with its releases.
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(5);

    // A server that is down is not asked again with every step of every run.
    private static readonly TimeSpan RestFor = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, McpConnection> _connections = new();
    private readonly ConcurrentDictionary<string, (IReadOnlyList<IAgentTool> Tools, long At, bool Answered)> _known = new();

    public async Task<IReadOnlyList<IAgentTool>> ListAsync(CancellationToken ct)
    {
        var tools = new List<IAgentTool>();
        foreach (var (name, server) in options.Value.McpServers.OrderBy(server => server.Key, StringComparer.Ordinal))
        {
            tools.AddRange(await ListAsync(name, server, ct));
        }
        return tools;
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }
    }

    private async Task<IReadOnlyList<IAgentTool>> ListAsync(string name, McpServerOptions server, CancellationToken ct)
    {
        if (_known.TryGetValue(name, out var known) && clock.GetElapsedTime(known.At) < (known.Answered ? KeepFor : RestFor))
        {
            return known.Tools;
        }
        var connection = _connections.GetOrAdd(name, _ => new(server, logging));
        try
        {
            IReadOnlyList<IAgentTool> tools =
            [
                .. (await connection.ListToolsAsync(ct)).Where(tool => server.Tools.ContainsKey(tool.Name))
                    .OrderBy(tool => tool.Name, StringComparer.Ordinal)
                    .Select(tool => new McpTool(name, tool, server.Tools[tool.Name], connection, logger)),
            ];
            _known[name] = (tools, clock.GetTimestamp(), Answered: true);
            return tools;
        }
        catch (Exception failed) when (McpFailures.IsOfTheServer(failed))
        {
            ct.ThrowIfCancellationRequested();
            NoTools(name, McpFailures.Describe(failed));
            _known[name] = (known.Tools ?? [], clock.GetTimestamp(), Answered: false);
            return known.Tools ?? [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The MCP server {Server} did not list its tools: {Failure}")]
    private partial void NoTools(string server, string failure);
}
