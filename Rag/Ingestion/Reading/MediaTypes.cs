using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>The formats that can be ingested. Names decide before declared types: browsers send Markdown as octets.</summary>
public static class MediaTypes
{
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string PlainText = "text/plain";
    public const string Csv = "text/csv";
    public const string Tsv = "text/tab-separated-values";
    public const string Json = "application/json";
    public const string Pdf = "application/pdf";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Odt = "application/vnd.oasis.opendocument.text";
    public const string Rtf = "application/rtf";
    public const string Eml = "message/rfc822";
    public const string Zip = "application/zip";

    /// <summary>For people.</summary>
    public const string Readable =
        "PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx), OpenDocument text (.odt), RTF, Markdown, HTML, plain text, CSV, JSON, mail (.eml) and ZIP archives of these are read.";

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
        [".csv"] = Csv,
        [".tsv"] = Tsv,
        [".tab"] = Tsv,
        [".json"] = Json,
        [".jsonl"] = Json,
        [".ndjson"] = Json,
        [".pdf"] = Pdf,
        [".docx"] = Docx,
        [".docm"] = Docx,
        [".dotx"] = Docx,
        [".pptx"] = Pptx,
        [".pptm"] = Pptx,
        [".ppsx"] = Pptx,
        [".potx"] = Pptx,
        [".xlsx"] = Xlsx,
        [".xlsm"] = Xlsx,
        [".xltx"] = Xlsx,
        [".odt"] = Odt,
        [".rtf"] = Rtf,
        [".eml"] = Eml,
        [".zip"] = Zip,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Declared = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [Markdown] = Markdown,
        ["text/x-markdown"] = Markdown,
        [Html] = Html,
        ["application/xhtml+xml"] = Html,
        [PlainText] = PlainText,
        [Csv] = Csv,
        [Tsv] = Tsv,
        [Json] = Json,
        ["application/x-ndjson"] = Json,
        ["application/jsonl"] = Json,
        [Pdf] = Pdf,
        [Docx] = Docx,
        [Pptx] = Pptx,
        [Xlsx] = Xlsx,
        [Odt] = Odt,
        [Rtf] = Rtf,
        ["text/rtf"] = Rtf,
        [Eml] = Eml,
        [Zip] = Zip,
        ["application/x-zip-compressed"] = Zip,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // What to do instead, by the extension of what is not read.
    private static readonly FrozenDictionary<string, string> Instead = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".doc"] = "Old Word files are not read: save it as .docx or PDF.",
        [".dot"] = "Old Word files are not read: save it as .docx or PDF.",
        [".xls"] = "Old Excel files are not read: save it as .xlsx or CSV.",
        [".xlsb"] = "Binary Excel files are not read: save it as .xlsx or CSV.",
        [".ppt"] = "Old PowerPoint files are not read: save it as .pptx or PDF.",
        [".pps"] = "Old PowerPoint files are not read: save it as .pptx or PDF.",
        [".msg"] = "Outlook's own files are not read: save the mail as .eml.",
        [".ods"] = "OpenDocument sheets are not read: save it as .xlsx or CSV.",
        [".odp"] = "OpenDocument presentations are not read: save it as .pptx or PDF.",
        [".epub"] = "Books in EPUB are not read: save it as PDF or HTML.",
        [".gz"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".tar"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".tgz"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".bz2"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".7z"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".rar"] = "Of archives only ZIP is opened: pack it as .zip.",
        [".png"] = Pictures,
        [".jpg"] = Pictures,
        [".jpeg"] = Pictures,
        [".gif"] = Pictures,
        [".tif"] = Pictures,
        [".tiff"] = Pictures,
        [".bmp"] = Pictures,
        [".webp"] = Pictures,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private const string Pictures = "Pictures are not read: save it as a PDF with recognised text.";

    /// <summary>Every extension that is read, with its dot, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. ByExtension.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What to read the document as; false when nothing here reads it.</summary>
    public static bool TryResolve(string sourceUri, string? declared, [NotNullWhen(true)] out string? mediaType)
    {
        var extension = Path.GetExtension(sourceUri);
        if (ByExtension.TryGetValue(extension, out mediaType))
        {
            return true;
        }

        // A name that says another format, such as picture.png sent as text/plain, is believed.
        return (extension.Length == 0 || sourceUri.Contains("://", StringComparison.Ordinal))
            && Declared.TryGetValue((declared ?? "").Split(';')[0].Trim(), out mediaType);
    }

    /// <summary>For the person who has a file of this name that is not read: what is, or what to do.</summary>
    public static string WhyNot(string sourceUri) => Instead.GetValueOrDefault(Path.GetExtension(sourceUri), Readable);

    /// <summary>The first bytes are those of a binary format that is read.</summary>
    public static bool IsReadableBinary(ReadOnlySpan<byte> bytes) => ContentSignature.Find(bytes) is not null;
}
