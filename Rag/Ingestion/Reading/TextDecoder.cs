using System.Text;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Bytes to text: byte order mark, else strict UTF-8, else what the document declares, else Windows-1252.</summary>
internal static class TextDecoder
{
    private const int ProbedBytes = 8192;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Longest marks first: that of UTF-32 begins with that of UTF-16.
    private static readonly Encoding[] Marked = [Encoding.UTF32, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> bytes, string? declaredCharset = null)
    {
        foreach (var encoding in Marked)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                return encoding.GetString(bytes[encoding.Preamble.Length..]);
            }
        }

        RefuseBinary(bytes);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return FindEncoding(declaredCharset).GetString(bytes);
        }
    }

    private static void RefuseBinary(ReadOnlySpan<byte> bytes)
    {
        var probe = bytes[..Math.Min(bytes.Length, ProbedBytes)];
        var controls = 0;
        foreach (var b in probe)
        {
            controls += b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or 0x1B) ? 1 : 0;
        }

        // A stray NUL in a text is dropped later; a format is made of them.
        if (probe.StartsWith("%PDF-"u8) || probe.StartsWith("PK\x03\x04"u8) || controls * 50 > probe.Length)
        {
            throw new UnreadableDocumentException(FailureCodes.UnsupportedMedia, "The content is binary, not text.");
        }
    }

    private static Encoding FindEncoding(string? charset)
    {
        try
        {
            return Encoding.GetEncoding(charset ?? "windows-1252");
        }
        catch (ArgumentException)
        {
            return Encoding.GetEncoding("windows-1252");
        }
    }
}
