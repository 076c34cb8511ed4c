using System.Text;
using AiApp.Rag.Ingestion.Reading.Archives;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>What a file is by its content, which decides over its name: formats with a signature cannot be mistaken.</summary>
internal static class ContentSignature
{
    // Real PDF files have other bytes before their signature; readers look for it so far.
    private const int PdfProbe = 1024;

    /// <summary>By the first bytes alone: PDF, RTF or ZIP, which Office files are too; null when they tell nothing.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) ? MediaTypes.Pdf
        : bytes.StartsWith("{\\rtf"u8) ? MediaTypes.Rtf
        : bytes.StartsWith("PK\x03\x04"u8) ? MediaTypes.Zip
        : null;

    /// <summary>What to read the file as. The resolved type is that of its name, null when the name tells nothing.</summary>
    /// <exception cref="UnreadableDocumentException">It is of no kind that is read.</exception>
    public static string Resolve(DocumentFile file, string? resolved)
    {
        var bytes = file.Bytes.Span;
        RefuseOldOffice(bytes);
        return Find(bytes) switch
        {
            MediaTypes.Zip => ResolveArchive(file),
            { } found => found,
            null => ResolveUnsigned(bytes, file.SourceUri, resolved),
        };
    }

    private static string ResolveUnsigned(ReadOnlySpan<byte> bytes, string sourceUri, string? resolved)
    {
        var isSigned = resolved is MediaTypes.Pdf or MediaTypes.Docx or MediaTypes.Pptx or MediaTypes.Xlsx or MediaTypes.Odt or MediaTypes.Rtf or MediaTypes.Zip;
        return resolved switch
        {
            null => throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, MediaTypes.WhyNot(sourceUri)),
            MediaTypes.Pdf when bytes[..Math.Min(bytes.Length, PdfProbe)].IndexOf("%PDF-"u8) >= 0 => resolved,
            _ when isSigned && BeginsAsHtml(bytes) => MediaTypes.Html,
            _ when isSigned => throw new UnreadableDocumentException(
                FailureCodes.PoisonDocument, $"The file is damaged: its content is not that of a {Path.GetExtension(sourceUri).ToLowerInvariant()} file."),
            _ => resolved,
        };
    }

    private static string ResolveArchive(DocumentFile file)
    {
        using var archive = new BoundedArchive(file.Bytes, file.Budget);
        var names = archive.Names.Select(name => name.Replace('\\', '/').TrimStart('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Contains("mimetype") && archive.Open("mimetype") is { } mimetype)
        {
            using var reader = new StreamReader(mimetype, Encoding.ASCII);
            var declared = new char[100];
            var type = new string(declared, 0, reader.ReadBlock(declared)).Trim();
            return type.StartsWith(MediaTypes.Odt, StringComparison.Ordinal)
                ? MediaTypes.Odt
                : throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, MediaTypes.WhyNot(ExtensionOf(type)));
        }

        return !names.Contains("[Content_Types].xml") ? MediaTypes.Zip
            : names.Contains("word/document.xml") || names.Any(n => n.StartsWith("word/", StringComparison.OrdinalIgnoreCase)) ? MediaTypes.Docx
            : names.Any(n => n.StartsWith("ppt/", StringComparison.OrdinalIgnoreCase)) ? MediaTypes.Pptx
            : names.Contains("xl/workbook.bin") ? throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, MediaTypes.WhyNot(".xlsb"))
            : names.Any(n => n.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)) ? MediaTypes.Xlsx
            : MediaTypes.Zip;
    }

    private static string ExtensionOf(string mimetype) =>
        mimetype.Contains("spreadsheet", StringComparison.Ordinal) ? ".ods"
        : mimetype.Contains("presentation", StringComparison.Ordinal) ? ".odp"
        : mimetype.Contains("epub", StringComparison.Ordinal) ? ".epub"
        : "";

    /// <summary>Old Office files, and new ones behind a password, are the same container; the names of its streams tell them apart.</summary>
    private static void RefuseOldOffice(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            return;
        }

        if (HasStream(bytes, "EncryptedPackage"))
        {
            throw new UnreadableDocumentException(FailureCodes.EncryptedDocument, "The document is protected with a password: save it without one.");
        }

        var extension = HasStream(bytes, "__properties_version1.0") ? ".msg"
            : HasStream(bytes, "PowerPoint Document") ? ".ppt"
            : HasStream(bytes, "WordDocument") ? ".doc"
            : HasStream(bytes, "Workbook") || HasStream(bytes, "Book") ? ".xls"
            : "";
        throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, MediaTypes.WhyNot(extension));
    }

    private static bool HasStream(ReadOnlySpan<byte> bytes, string name) => bytes.IndexOf(Encoding.Unicode.GetBytes(name)) >= 0;

    private static bool BeginsAsHtml(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 512)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
