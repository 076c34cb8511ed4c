using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>The formats that can be ingested. Names decide before declared types: browsers send Markdown as octets.</summary>
public static class MediaTypes
{
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string PlainText = "text/plain";

    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = Markdown,
        [".markdown"] = Markdown,
        [".html"] = Html,
        [".htm"] = Html,
        [".xhtml"] = Html,
        [".txt"] = PlainText,
        [".text"] = PlainText,
        [".log"] = PlainText,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Declared = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [Markdown] = Markdown,
        ["text/x-markdown"] = Markdown,
        [Html] = Html,
        ["application/xhtml+xml"] = Html,
        [PlainText] = PlainText,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What to read the document as; false when nothing here reads it.</summary>
    public static bool TryResolve(string sourceUri, string? declared, [NotNullWhen(true)] out string? mediaType)
    {
        var extension = Path.GetExtension(sourceUri);
        if (ByExtension.TryGetValue(extension, out mediaType))
        {
            return true;
        }

        // A name that says another format, such as report.pdf sent as text/plain, is believed.
        return (extension.Length == 0 || sourceUri.Contains("://", StringComparison.Ordinal))
            && Declared.TryGetValue((declared ?? "").Split(';')[0].Trim(), out mediaType);
    }
}
