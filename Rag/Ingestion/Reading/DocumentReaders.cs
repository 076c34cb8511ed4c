using System.Runtime.InteropServices;
using AiApp.Rag.Ingestion.Reading.Archives;
using AiApp.Rag.Ingestion.Reading.Mail;
using AiApp.Rag.Ingestion.Reading.Office;
using AiApp.Rag.Ingestion.Reading.Pdf;
using AiApp.Rag.Ingestion.Reading.Tables;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Finds the reader of a document and refuses what has no text. Whatever a parser throws becomes a reason for the person who uploaded.</summary>
internal sealed class DocumentReaders(IEnumerable<IDocumentReader> readers)
{
    private readonly IDocumentReader[] _readers = [.. readers];

    /// <summary>One for each format; they keep no state.</summary>
    public static IReadOnlyList<IDocumentReader> All { get; } =
    [
        new MarkdownReader(), new HtmlReader(), new PlainTextReader(), new PdfReader(), new DocxReader(), new PptxReader(), new XlsxReader(),
        new OdtReader(), new RtfReader(), new CsvReader(), new JsonDocumentReader(), new MailReader(), new ZipReader(),
    ];

    /// <summary>Of all of them: an archive is read by several.</summary>
    public static string Version { get; } = string.Join(' ', All.Select(reader => reader.Version));

    /// <exception cref="UnreadableDocumentException">No attempt will read it.</exception>
    public ReadDocument Read(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct)
    {
        var budget = new UnpackingBudget();
        return Read(
            new DocumentFile
            {
                Bytes = bytes,
                SourceUri = sourceUri,
                Budget = budget,
                Inner = (inner, name, type, token) => Read(new DocumentFile { Bytes = inner, SourceUri = name, Budget = budget }, type, token),
            },
            mediaType,
            ct);
    }

    private ReadDocument Read(DocumentFile file, string mediaType, CancellationToken ct)
    {
        ReadDocument document;
        try
        {
            ct.ThrowIfCancellationRequested();
            MediaTypes.TryResolve(file.SourceUri, mediaType, out var resolved);
            var content = ContentSignature.Resolve(file, resolved);
            document = _readers.First(reader => reader.CanRead(content)).Read(file, ct);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new UnreadableDocumentException(FailureCodes.PoisonDocument, "The document is nested too deeply to be read.");
        }
        catch (Exception exception) when (IsOfTheDocument(exception, ct))
        {
            // Never the parser's own words: they may quote the document.
            throw new UnreadableDocumentException(FailureCodes.PoisonDocument, $"The file is damaged: {DocumentDamage.Describe(exception)}.");
        }

        return document.CanonicalText.Length > 0
            ? document
            : throw new UnreadableDocumentException(FailureCodes.NoText, "The document contains no text.");
    }

    // A program that cannot be started and memory that is out are the machine's.
    private static bool IsOfTheDocument(Exception exception, CancellationToken ct) =>
        exception is not (UnreadableDocumentException or OutOfMemoryException or ExternalException)
        && !(exception is OperationCanceledException && ct.IsCancellationRequested);
}
