using System.Text;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Rich Text Format (Microsoft's specification 1.9.1): its paragraphs and the rows of its tables.</summary>
internal sealed class RtfReader : IDocumentReader
{
    public string Version => "rtf-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Rtf;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        var text = new CanonicalTextBuilder();
        new RtfBody(Encoding.Latin1.GetString(file.Bytes.Span), text, ct).Write();
        return text.ToDocument(null, file.SourceUri, Version);
    }
}
