using System.Net;
using UglyToad.PdfPig.Content;

namespace UglyToad.PdfPig;

/// <summary>A PDF file, whose text poppler's pdftotext finds.</summary>
public sealed class PdfDocument : IDisposable
{
    private readonly string[] _pages;

    private PdfDocument(string[] pages, string? title) => (_pages, Information) = (pages, new DocumentInformation(title));

    public DocumentInformation Information { get; }

    public int NumberOfPages => _pages.Length;

    /// <exception cref="Exceptions.PdfDocumentEncryptedException">It needs a password.</exception>
    /// <exception cref="Core.PdfDocumentFormatException">It cannot be read.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there.</exception>
    public static PdfDocument Open(byte[] fileBytes, ParsingOptions? options = null)
    {
        _ = options;
        var html = PdfToText.Run(fileBytes);
        var head = html.IndexOf("<pre>\n", StringComparison.Ordinal);
        var text = head < 0 ? "" : html[(head + 6)..];
        var end = text.LastIndexOf("</pre>", StringComparison.Ordinal);
        // Each page ends with a form feed, so nothing stands behind the last.
        var pages = WebUtility.HtmlDecode(end < 0 ? text : text[..end]).Split('\f');
        return new PdfDocument(pages.Length > 1 ? pages[..^1] : pages, Title(head < 0 ? html : html[..head]));
    }

    /// <summary>Pages count from 1.</summary>
    public Page GetPage(int pageNumber) => new(pageNumber, _pages[pageNumber - 1]);

    public IEnumerable<Page> GetPages() => Enumerable.Range(1, NumberOfPages).Select(GetPage);

    public void Dispose()
    {
    }

    private static string? Title(string head)
    {
        var start = head.IndexOf("<title>", StringComparison.Ordinal);
        var end = head.IndexOf("</title>", StringComparison.Ordinal);
        return start >= 0 && end > start + 7 ? WebUtility.HtmlDecode(head[(start + 7)..end]) : null;
    }
}

/// <summary>How to read. The stand-in reads leniently whatever is said here.</summary>
public sealed class ParsingOptions
{
    public bool UseLenientParsing { get; set; } = true;

    public bool SkipMissingFonts { get; set; }
}
