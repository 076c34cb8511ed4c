using System.Text;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Agents.Tools;

/// <summary>All passages of a run under one numbering, in the order in which they were shown.</summary>
internal sealed class SeenPassages(IEnumerable<RetrievedChunk> before)
{
    private readonly List<RetrievedChunk> _all = [.. before];

    public IReadOnlyList<RetrievedChunk> All => _all;

    /// <summary>Passages as data for the model, up to a length; the first is always there. Those that are new are remembered.</summary>
    public (string Text, IReadOnlyList<RetrievedChunk> Added, int Shown) Show(IReadOnlyList<RetrievedChunk> passages, int maxCharacters)
    {
        var text = new StringBuilder();
        var first = _all.Count;
        var shown = 0;
        foreach (var passage in passages)
        {
            if (shown > 0 && text.Length + passage.Text.Length > maxCharacters)
            {
                break;
            }
            Render(text, passage, Number(passage));
            shown++;
        }
        return (text.ToString().TrimEnd('\n'), _all[first..], shown);
    }

    private int Number(RetrievedChunk passage)
    {
        var known = _all.FindIndex(one => (one.VersionId, one.StartOffset, one.Length) == (passage.VersionId, passage.StartOffset, passage.Length));
        if (known >= 0)
        {
            return known + 1;
        }
        _all.Add(passage);
        return _all.Count;
    }

    private static void Render(StringBuilder text, RetrievedChunk passage, int number)
    {
        text.Append($"<passage n=\"{number}\" document=\"{passage.DocumentId}\" title=\"{Attribute(passage.Title)}\" source=\"{Attribute(passage.HeadingPath)}\"");
        text.Append(passage.Page is { } page ? $" page=\"{page}\"" : "");
        text.Append(passage.ValidFrom is { } from ? $" valid_from=\"{from:yyyy-MM-dd}\"" : "");
        text.Append(passage.ValidUntil is { } until ? $" valid_until=\"{until:yyyy-MM-dd}\"" : "");
        text.Append('>').Append(Escape(passage.Text)).Append("</passage>\n");
    }

    /// <summary>A text must not be able to end its place or to open another.</summary>
    public static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Attribute(string text) => Escape(text).Replace("\"", "'", StringComparison.Ordinal).Replace('>', '/');
}
