using System.ComponentModel;
using System.Text.Json;
using AiApp.Rag.Gateway.Structured.Schemas;

namespace AiApp.Rag.Agents.Tools;

/// <summary>Reads on in a document: its passages in their order, by pages or from an offset.</summary>
internal sealed class OpenDocumentTool(ToolStore store) : IAgentTool
{
    private const int Most = 60;

    public string Name => "open_document";
    public string Description => "Reads a document passage by passage, from its beginning, from a page or from where the last call ended.";
    public JsonElement Schema => ToolSchema.Of<Arguments>().Element;
    public JsonSchema Checked => ToolSchema.Of<Arguments>();
    public ToolLeave Leave => ToolLeave.None;

    public async Task<ToolResult> CallAsync(JsonElement arguments, ToolContext context, CancellationToken ct)
    {
        var wanted = arguments.Read<Arguments>();
        if (!Guid.TryParse(wanted.Document, out var document))
        {
            return ToolResult.Error("The document is an id from the attribute 'document' of a passage that search has shown.");
        }
        var passages = await store.ListPassagesAsync(context.Task, document, wanted.FromPage, wanted.ToPage, Math.Max(0, wanted.From ?? 0), Most, ct);
        if (passages.Count == 0)
        {
            return ToolResult.Error("There is no such document, or nothing at this place of it.");
        }
        var (text, added, shown) = context.Seen.Show(passages, context.ResultCharacters);
        var last = passages[shown - 1];
        // Passages may overlap: the next one begins behind the beginning of this one, not behind its end.
        var more = shown < passages.Count || passages.Count == Most ? $"\nThe document goes on: call again with \"from\": {last.StartOffset + 1}." : "";
        return new(text + more) { IsTainted = true, Passages = added, Summary = $"{shown} passages, {added.Count} of them new" };
    }

    private sealed record Arguments
    {
        [Description("The id in the attribute 'document' of a passage.")]
        public required string Document { get; init; }

        [Description("First page, where the document has pages.")]
        public int? FromPage { get; init; }

        [Description("Last page.")]
        public int? ToPage { get; init; }

        [Description("Offset to read on from, as the last call said.")]
        public int? From { get; init; }
    }
}
