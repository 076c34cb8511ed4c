namespace AiApp.Api.Documents;

/// <summary>Which uploads can be documents, by name and by their first bytes.</summary>
internal static class MediaTypes
{
    /// <summary>How much of a file is looked at.</summary>
    private const int SniffedBytes = 8 * 1024;

    private static readonly byte[][] BinaryStarts =
    [
        [.. "%PDF-"u8], [.. "PK\x03\x04"u8], [.. "GIF8"u8], [0x89, .. "PNG"u8], [0xFF, 0xD8, 0xFF], [0x1F, 0x8B], [.. "MZ"u8, 0x90],
        [0x7F, .. "ELF"u8], [.. "7z"u8, 0xBC, 0xAF], [.. "Rar!"u8], [0xD0, 0xCF, 0x11, 0xE0], [.. "{\\rtf"u8], [0xFF, 0xFE], [0xFE, 0xFF],
    ];

    /// <summary>Null when documents of this name are not read.</summary>
    public static string? Find(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => "text/markdown",
        ".html" or ".htm" => "text/html",
        ".txt" or ".text" => "text/plain",
        _ => null,
    };

    /// <summary>True when the bytes are not text in UTF-8, whatever the name says.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, SniffedBytes)];
        if (start.Contains((byte)0))
        {
            return true;
        }
        foreach (var magic in BinaryStarts)
        {
            if (start.StartsWith(magic))
            {
                return true;
            }
        }
        return false;
    }
}
