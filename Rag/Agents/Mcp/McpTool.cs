using System.Text.Json;
using AiApp.Rag.Agents.Tools;
using AiApp.Rag.Gateway.Structured.Schemas;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace AiApp.Rag.Agents.Mcp;

/// <summary>A tool of a configured server. What the operator says of it counts; what the server says of it never lowers that.</summary>
internal sealed partial class McpTool(string server, Tool tool, McpToolOptions options, McpConnection connection, ILogger logger) : IAgentTool
{
    private const int MaxDescription = 1000;

    public string Name { get; } = NameOf(server, tool.Name);

    public string Description { get; } = options.Description.Length > 0 ? options.Description
        : tool.Description is { Length: > MaxDescription } words ? words[..MaxDescription] : tool.Description ?? "";

    public JsonElement Schema => tool.InputSchema;

    public JsonSchema? Checked { get; } = JsonSchema.TryRead(tool.InputSchema, out var schema, out _) ? schema : null;

    public ToolLeave Leave => options switch
    {
        { Access: McpToolAccess.NeedsApproval } => ToolLeave.Always,
        { AllowAfterDocuments: true } => ToolLeave.None,
        _ => ToolLeave.AfterTaint,
    };

    public async Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        try
        {
            var answer = await connection.CallAsync(tool.Name, arguments.Deserialize<Dictionary<string, object?>>()!, ct);
            var text = answer.Text.Length > context.ResultCharacters ? $"{answer.Text[..context.ResultCharacters]}\n(the rest is left out)" : answer.Text;
            return new($"<result tool=\"{Name}\">{SeenPassages.Escape(text)}</result>")
            {
                IsError = answer.IsError,
                IsTainted = true,
                Summary = answer.IsError ? "the server refused it" : $"{answer.Text.Length} characters",
            };
        }
        catch (McpProtocolException refused)
        {
            NotCalled(server, tool.Name, McpFailures.Describe(refused));
            // The message may be the server's own words.
            return ToolResult.Error("The server refused the call.") with { IsTainted = true, Summary = "the server refused it" };
        }
        catch (Exception failed) when (McpFailures.IsOfTheServer(failed))
        {
            // An answer that is broken off on our side may look like one that the server broke off.
            ct.ThrowIfCancellationRequested();
            NotCalled(server, tool.Name, McpFailures.Describe(failed));
            return Leave == ToolLeave.Always
                ? ToolResult.Error("The server did not answer. The call may have happened or not: do not make it again, and say so.") with
                {
                    Summary = "no answer, it may have been made",
                    MayHaveHappened = true,
                }
                : ToolResult.Error("The server did not answer.") with { Summary = "no answer" };
        }
    }

    public static string NameOf(string server, string tool)
    {
        var name = string.Concat($"{server}_{tool}".Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'));
        return name.Length > 64 ? name[..64] : name;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The tool {Tool} of the MCP server {Server} could not be called: {Failure}")]
    private partial void NotCalled(string server, string tool, string failure);
}
