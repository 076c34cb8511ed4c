using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading.Archives;

/// <summary>Each file of an archive is a section under its name. Archives inside of it, and what cannot be read, are only named.</summary>
internal sealed class ZipReader : IDocumentReader
{
    public string Version => "zip-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Zip;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var archive = new BoundedArchive(file.Bytes, file.Budget);
        var parts = new InnerFiles(file);
        foreach (var (name, read) in archive.Files())
        {
            ct.ThrowIfCancellationRequested();
            parts.Add(name, "", () => read(ct), ct);
        }

        return parts.AnyRead
            ? parts.Text.ToDocument(Path.GetFileName(file.SourceUri), file.SourceUri, Version)
            : throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, $"Nothing in the archive can be read. {MediaTypes.Readable}");
    }
}
