using System.ComponentModel;
using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Agents.Tools;

/// <summary>The search that answers stand on, with the rights of whoever asked.</summary>
internal sealed class SearchTool(IRetriever retriever) : IAgentTool
{
    private const int MaxQuery = 1000;
    private const int MaxTop = 10;
    private const int UsualTop = 6;

    public string Name => "search";
    public string Description => "Finds numbered passages of the company's documents that have to do with a query. Search once for each fact that is missing.";
    public JsonElement Schema => ToolSchema.Of<Arguments>().Element;
    public JsonSchema Checked => ToolSchema.Of<Arguments>();
    public ToolLeave Leave => ToolLeave.None;

    public async Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        var wanted = arguments.Read<Arguments>();
        if (string.IsNullOrWhiteSpace(wanted.Query) || wanted.Query.Length > MaxQuery)
        {
            return ToolResult.Error($"A query has 1 to {MaxQuery} characters.");
        }
        var task = context.Task;
        var found = await retriever.RetrieveAsync(new()
        {
            Tenant = task.Tenant,
            Text = wanted.Query,
            Principals = task.Principals,
            User = task.AskedBy,
            ApiKey = task.ApiKey,
            RequestId = context.RunId,
            // Whoever asked of one collection is not answered from another.
            Collection = task.Collection ?? wanted.Collection,
            Top = Math.Clamp(wanted.Top ?? UsualTop, 1, MaxTop),
        }, ct);
        if (found.Chunks.Count == 0)
        {
            return new("Nothing was found. Try other words, or look at list_collections.") { Summary = "0 passages" };
        }
        var (text, added, shown) = context.Seen.Show(found.Chunks, context.ResultCharacters);
        return new(text) { IsTainted = true, Passages = added, Summary = $"{shown} passages, {added.Count} of them new" };
    }

    private sealed record Arguments
    {
        [Description("What to look for: the words that a document would use.")]
        public required string Query { get; init; }

        [Description("Name of a collection; all of them when left out.")]
        public string? Collection { get; init; }

        [Description("How many passages, 1 to 10; 6 when left out.")]
        public int? Top { get; init; }
    }
}
