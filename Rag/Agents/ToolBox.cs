using System.Text.Json;
using AiApp.Rag.Agents.Mcp;
using AiApp.Rag.Agents.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Agents;

/// <summary>The tools of a run, and what is said about a call that is none.</summary>
internal sealed class ToolBox(IEnumerable<IAgentTool> own, McpTools others, IOptions<AgentOptions> options)
{
    private const int MaxFaults = 5;

    /// <summary>Its own first; of two with one name the first.</summary>
    public async Task<IReadOnlyList<IAgentTool>> ListAsync(CancellationToken ct) =>
        [.. own.Concat(await others.ListAsync(ct)).DistinctBy(tool => tool.Name, StringComparer.Ordinal)];

    public static IList<AITool> Declare(IReadOnlyList<IAgentTool> tools) =>
        [.. tools.Select(tool => AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.Schema))];

    /// <summary>The tool and what it is called with, or what the model is told instead.</summary>
    public (IAgentTool? Tool, JsonElement Arguments, string? Fault) Judge(AgentCall call, IReadOnlyList<IAgentTool> tools)
    {
        if (tools.FirstOrDefault(tool => tool.Name == call.Tool) is not { } tool)
        {
            return (null, default, $"There is no such tool. The tools are: {string.Join(", ", tools.Select(known => known.Name))}.");
        }
        if (call.Arguments.Length > options.Value.ArgumentCharacters)
        {
            return (null, default, $"The arguments are longer than {options.Value.ArgumentCharacters} characters.");
        }
        if (Parse(call.Arguments) is not { ValueKind: JsonValueKind.Object } arguments)
        {
            return (null, default, "The arguments are no JSON object.");
        }
        var faults = tool.Checked?.FindFaults(arguments) ?? [];
        return faults.Count == 0
            ? (tool, arguments, null)
            : (null, default, $"The arguments do not fit the tool: {string.Join("; ", faults.Take(MaxFaults).Select(fault => $"{(fault.Path.Length == 0 ? "they" : fault.Path)}: {fault.Message}"))}.");
    }

    private static JsonElement? Parse(string json)
    {
        try
        {
            // Of two values under one name a check might see one and the tool the other.
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
