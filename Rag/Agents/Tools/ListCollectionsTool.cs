using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Agents.Tools;

/// <summary>Where there is something to search, as far as whoever asked may read it.</summary>
internal sealed class ListCollectionsTool(ToolStore store) : IAgentTool
{
    public string Name => "list_collections";
    public string Description => "Lists the collections of documents and how many documents of each can be read.";
    public JsonElement Schema => ToolSchema.Of<Arguments>().Element;
    public JsonSchema Checked => ToolSchema.Of<Arguments>();
    public ToolLeave Leave => ToolLeave.None;

    public async Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        var collections = await store.ListCollectionsAsync(context.Task, ct);
        // People have named them.
        return new(collections.Count == 0 ? "There are no documents." : SeenPassages.Escape(string.Join('\n', collections.Select(one => $"{one.Name}: {one.Documents} documents"))))
        {
            IsTainted = collections.Count > 0,
            Summary = $"{collections.Count} collections",
        };
    }

    private sealed record Arguments;
}
