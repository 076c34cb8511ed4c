using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Finds the reader of a document and refuses what has no text.</summary>
internal sealed class DocumentReaders(IEnumerable<IDocumentReader> readers)
{
    private readonly IDocumentReader[] _readers = [.. readers];

    public static IReadOnlyList<IDocumentReader> All => [new MarkdownReader(), new HtmlReader(), new PlainTextReader()];

    public ReadDocument Read(ReadOnlyMemory<byte> bytes, string sourceUri, string mediaType, CancellationToken ct)
    {
        if (!MediaTypes.TryResolve(sourceUri, mediaType, out var known) || _readers.FirstOrDefault(r => r.CanRead(known)) is not { } reader)
        {
            throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, "Only Markdown, HTML and plain text can be read.");
        }

        ReadDocument document;
        try
        {
            document = reader.Read(bytes, sourceUri, ct);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new UnreadableDocumentException(FailureCodes.PoisonDocument, "The document is nested too deeply to be read.");
        }

        return document.CanonicalText.Length > 0
            ? document
            : throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, "The document contains no text.");
    }
}
