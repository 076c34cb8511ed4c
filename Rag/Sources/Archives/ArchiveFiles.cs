using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Ingestion.Reading.Archives;

namespace AiApp.Rag.Sources.Archives;

/// <summary>A file of an archive: its bytes, or why they cannot be had.</summary>
public sealed record ArchiveFile(string Name, ReadOnlyMemory<byte> Bytes, string? Code = null, string? Reason = null);

/// <summary>
/// The files of a ZIP archive one after the other, within the bounds of documents that are archives. What the archive says of
/// itself is not believed; names are labels and never paths of the machine.
/// </summary>
public sealed class ArchiveFiles : IDisposable
{
    private readonly BoundedArchive _archive;

    private ArchiveFiles(BoundedArchive archive) => _archive = archive;

    /// <summary>A bound was passed: of the rest nothing is believed, and it does not say what is missing.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The archive, or why it is none that is opened.</summary>
    public static (ArchiveFiles? Files, string? Code, string? Reason) Open(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return (new ArchiveFiles(new BoundedArchive(bytes, new UnpackingBudget())), null, null);
        }
        catch (InvalidDataException)
        {
            return (null, SourceCodes.UnsupportedMedia, "This is no ZIP archive, or a damaged one.");
        }
        catch (UnreadableDocumentException unreadable)
        {
            return (null, unreadable.Code, unreadable.Message);
        }
    }

    public IEnumerable<ArchiveFile> Read(CancellationToken ct)
    {
        foreach (var (name, read) in _archive.Files())
        {
            ct.ThrowIfCancellationRequested();
            yield return IsCutOff ? new(name, default, SourceCodes.TooLarge, "The archive was too large before this file was reached.") : Read(name, read, ct);
        }
    }

    public void Dispose() => _archive.Dispose();

    private ArchiveFile Read(string name, Func<CancellationToken, ReadOnlyMemory<byte>> read, CancellationToken ct)
    {
        try
        {
            return new(name, read(ct));
        }
        catch (UnreadableDocumentException unreadable)
        {
            IsCutOff |= unreadable.Code == SourceCodes.TooLarge;
            return new(name, default, unreadable.Code, unreadable.Message);
        }
        catch (InvalidDataException)
        {
            return new(name, default, SourceCodes.Validation, "This file of the archive cannot be unpacked.");
        }
    }
}
