using System.IO.Compression;
using System.Xml;

namespace AiApp.Rag.Sources.Web;

/// <summary>The addresses in a sitemap, or those of further sitemaps in an index (sitemaps.org), plain or packed.</summary>
internal static class Sitemap
{
    // The protocol's own bound, unpacked.
    private const int MaxBytes = 50 * 1024 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MaxBytes,
    };

    /// <exception cref="SourceException">This is no sitemap, or too large a one.</exception>
    public static (bool IsIndex, IReadOnlyList<string> Addresses) Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = Unpack(bytes);
            using var reader = XmlReader.Create(stream, Settings);
            reader.MoveToContent();
            var isIndex = reader.LocalName == "sitemapindex";
            if (!isIndex && reader.LocalName != "urlset")
            {
                throw new SourceException(SourceCodes.Validation, "This is no sitemap: neither a urlset nor a sitemapindex stands at its beginning.");
            }
            return (isIndex, ReadAddresses(reader));
        }
        catch (Exception failure) when (failure is XmlException or InvalidDataException)
        {
            throw new SourceException(SourceCodes.Validation, "The sitemap cannot be read: it is damaged, or larger than 50 MB.", failure);
        }
    }

    private static List<string> ReadAddresses(XmlReader reader)
    {
        var addresses = new List<string>();
        // Depth 2: sitemaps may hold pictures and videos below an address, which have a loc too.
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "loc", Depth: 2 })
            {
                addresses.Add(reader.ReadElementContentAsString().Trim());
            }
        }
        return addresses;
    }

    private static MemoryStream Unpack(ReadOnlyMemory<byte> bytes)
    {
        var packed = new MemoryStream(bytes.ToArray(), writable: false);
        if (!bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return packed;
        }
        using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        var plain = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = unpacking.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > MaxBytes)
            {
                throw new InvalidDataException();
            }
        }
        plain.Position = 0;
        return plain;
    }
}
