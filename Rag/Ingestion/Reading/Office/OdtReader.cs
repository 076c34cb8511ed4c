using AiApp.Rag.Ingestion.Reading.Archives;
using AiApp.Rag.Ingestion.Reading.Xml;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>OpenDocument text (ISO/IEC 26300): the body with its notes; comments and deleted text are left out.</summary>
internal sealed class OdtReader : IDocumentReader
{
    public string Version => "odt-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Odt;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var archive = new BoundedArchive(file.Bytes, file.Budget);
        RefuseEncrypted(archive, ct);
        var text = new CanonicalTextBuilder();
        using var xml = BoundedXml.Open(archive.Open("content.xml") ?? throw new InvalidDataException());
        new OdtBody(xml, text, ct).Write();
        return text.ToDocument(Title(archive, ct), file.SourceUri, Version);
    }

    private static void RefuseEncrypted(BoundedArchive archive, CancellationToken ct)
    {
        using var xml = archive.Open("META-INF/manifest.xml") is { } manifest ? BoundedXml.Open(manifest) : null;
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart() && xml.LocalName == "encryption-data")
            {
                throw new UnreadableDocumentException(FailureCodes.EncryptedDocument, "The document is protected with a password: save it without one.");
            }
        }
    }

    private static string? Title(BoundedArchive archive, CancellationToken ct)
    {
        using var xml = archive.Open("meta.xml") is { } meta ? BoundedXml.Open(meta) : null;
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart() && xml.LocalName == "title")
            {
                return xml.ReadText(ct);
            }
        }

        return null;
    }
}
