using System.Text;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Answering;

/// <summary>What a model is given: the question and the passages, numbered from 1 in this order.</summary>
internal sealed record GroundingContext
{
    /// <summary>Key under which in-process models find the typed context in the options of a call.</summary>
    public const string OptionsKey = "aiapp.grounding";

    public required string Question { get; init; }
    public required IReadOnlyList<RetrievedChunk> Passages { get; init; }
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    public List<ChatMessage> ToMessages(PromptTemplate prompt) =>
    [
        new(ChatRole.System, prompt.System),
        new(ChatRole.User, PromptTemplate.Fill(prompt.User, ("passages", RenderPassages()), ("question", Escape(Question)))),
    ];

    public string RenderPassages() => Render(Passages.Select((passage, place) => (place + 1, passage)));

    public static string Render(IEnumerable<(int Number, RetrievedChunk Passage)> passages)
    {
        var text = new StringBuilder();
        foreach (var (number, passage) in passages)
        {
            text.Append($"<passage n=\"{number}\" source=\"{EscapeAttribute(passage.HeadingPath)}\"");
            text.Append(passage.ValidFrom is { } from ? $" valid_from=\"{from:yyyy-MM-dd}\"" : "");
            text.Append(passage.ValidUntil is { } until ? $" valid_until=\"{until:yyyy-MM-dd}\"" : "");
            text.Append('>').Append(Escape(passage.Text)).Append("</passage>\n");
        }
        return text.ToString().TrimEnd('\n');
    }

    // A document must not be able to close its passage or to open another. Nothing else is changed: a model that reads
    // "&#39;" writes it, too.
    public static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    private static string EscapeAttribute(string text) => Escape(text).Replace("\"", "'", StringComparison.Ordinal).Replace('>', '/');
}
