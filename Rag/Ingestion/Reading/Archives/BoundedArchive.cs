using System.IO.Compression;
using System.Runtime.InteropServices;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading.Archives;

/// <summary>A ZIP archive whose entries are measured while they are unpacked: what its directory says of sizes is not believed.</summary>
internal sealed class BoundedArchive : IDisposable
{
    private readonly ZipArchive _zip;
    private readonly UnpackingBudget _budget;
    private readonly long _packedBytes;
    private long _unpacked;

    /// <exception cref="InvalidDataException">This is no archive.</exception>
    public BoundedArchive(ReadOnlyMemory<byte> bytes, UnpackingBudget budget)
    {
        var stream = MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        _zip = new ZipArchive(stream, ZipArchiveMode.Read);
        _budget = budget;
        _packedBytes = bytes.Length;
        if (_zip.Entries.Count > ReadingBounds.ArchiveEntries)
        {
            _zip.Dispose();
            throw ReadingBounds.Exceeded($"its archive has more than {ReadingBounds.ArchiveEntries:N0} entries");
        }
    }

    /// <summary>As they are written: labels, never paths.</summary>
    public IEnumerable<string> Names => _zip.Entries.Select(entry => entry.FullName);

    public bool Has(string name) => Find(name) is not null;

    /// <exception cref="UnreadableDocumentException">While reading: too much comes out. At once: a password is needed.</exception>
    public Stream? Open(string name) => Find(name) is { } entry ? Open(entry) : null;

    public ReadOnlyMemory<byte>? ReadAll(string name, CancellationToken ct) => Find(name) is { } entry ? ReadAll(entry, ct) : null;

    public IEnumerable<(string Name, Func<CancellationToken, ReadOnlyMemory<byte>> Read)> Files() =>
        _zip.Entries.Where(entry => entry.Name.Length > 0 && !IsOfTheSystem(entry.FullName))
            .Select(entry => (entry.FullName.Replace('\\', '/'), (Func<CancellationToken, ReadOnlyMemory<byte>>)(ct => ReadAll(entry, ct))));

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry? Find(string name) =>
        _zip.GetEntry(name)
        ?? _zip.Entries.FirstOrDefault(entry => entry.FullName.Replace('\\', '/').Equals(name, StringComparison.OrdinalIgnoreCase));

    private BoundedStream Open(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
        {
            throw new UnreadableDocumentException(FailureCodes.EncryptedDocument, "The archive is protected with a password: upload it without one.");
        }

        // The directory's packed size can only make the bound stricter: the archive's real size bounds the sum.
        var packed = Math.Min(entry.CompressedLength, _packedBytes);
        long own = 0;
        return new BoundedStream(entry.Open(), read =>
        {
            own += read;
            _unpacked += read;
            _budget.Take(read);
            if (IsBeyondRatio(own, packed) || IsBeyondRatio(_unpacked, _packedBytes))
            {
                throw ReadingBounds.Exceeded($"it unpacks to more than {ReadingBounds.UnpackedRatio} times its size");
            }
        });
    }

    private ReadOnlyMemory<byte> ReadAll(ZipArchiveEntry entry, CancellationToken ct)
    {
        using var from = Open(entry);
        var all = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            all.Write(buffer, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }

    private static bool IsBeyondRatio(long unpacked, long packed) => unpacked > ReadingBounds.FreeBytes + (packed * ReadingBounds.UnpackedRatio);

    // What macOS and Windows add to archives nobody has written.
    private static bool IsOfTheSystem(string name) =>
        name.StartsWith("__MACOSX", StringComparison.Ordinal) || name.EndsWith(".DS_Store", StringComparison.Ordinal) || name.EndsWith("Thumbs.db", StringComparison.OrdinalIgnoreCase);
}
