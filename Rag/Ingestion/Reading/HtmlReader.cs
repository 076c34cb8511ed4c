using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AiApp.Rag.Ingestion.Reading;

internal sealed partial class HtmlReader : IDocumentReader
{
    public string Version => "html-2";

    // The standard asks for the declaration in the first kilobyte; pages that set scripts and comments before it are found all the same.
    private const int DeclarationBytes = 64 * 1024;

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Html;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var html = HtmlTree.Parse(TextDecoder.Decode(file.Bytes.Span, FindCharset(file.Bytes.Span)));
        ct.ThrowIfCancellationRequested();
        var text = new CanonicalTextBuilder();
        var main = FindMain(html);
        HtmlBlocks.Write(main ?? html.Body!, text, isPage: main is null, ct);
        var (canonical, blocks) = text.Build();
        return new ReadDocument
        {
            Title = DocumentTitle.Choose(html.Title, text.FirstHeading, file.SourceUri),
            CanonicalText = canonical,
            Blocks = blocks,
            ReaderVersion = Version,
            Language = html.DocumentElement.GetAttribute("lang"),
        };
    }

    /// <summary>By structure only; several articles are a list of teasers, not the text.</summary>
    private static IElement? FindMain(IHtmlDocument html) =>
        html.QuerySelector("main, [role=main]")
        ?? (html.QuerySelectorAll("article") is { Length: 1 } articles ? articles[0] : null);

    private static string? FindCharset(ReadOnlySpan<byte> bytes) =>
        Charset().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)])) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex("""<meta[^>]{0,200}charset\s*=\s*["']?(?<name>[\w-]{1,40})""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Charset();
}
