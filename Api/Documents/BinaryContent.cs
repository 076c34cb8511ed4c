using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Api.Documents;

/// <summary>Tells by the first bytes that a file is neither text nor of a binary format that is read, whatever its name says.</summary>
internal static class BinaryContent
{
    /// <summary>How much of a file is looked at.</summary>
    private const int ProbedBytes = 8 * 1024;

    private static readonly byte[][] Starts =
    [
        [.. "GIF8"u8], [0x89, .. "PNG"u8], [0xFF, 0xD8, 0xFF], [0x1F, 0x8B], [.. "MZ"u8, 0x90],
        [0x7F, .. "ELF"u8], [.. "7z"u8, 0xBC, 0xAF], [.. "Rar!"u8], [0xD0, 0xCF, 0x11, 0xE0],
    ];

    // Text in UTF-16 is full of NUL bytes; its mark tells.
    private static readonly byte[][] Utf16Marks = [[0xFF, 0xFE], [0xFE, 0xFF]];

    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, ProbedBytes)];
        return !MediaTypes.IsReadableBinary(start) && (StartsWithAny(start, Starts) || (start.Contains((byte)0) && !StartsWithAny(start, Utf16Marks)));
    }

    private static bool StartsWithAny(ReadOnlySpan<byte> bytes, byte[][] starts)
    {
        foreach (var start in starts)
        {
            if (bytes.StartsWith(start))
            {
                return true;
            }
        }
        return false;
    }
}
