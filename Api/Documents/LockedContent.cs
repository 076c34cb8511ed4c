using System.Buffers.Binary;
using System.Text;

namespace AiApp.Api.Documents;

/// <summary>Tells by the ends of a file that it is behind a password.</summary>
internal static class LockedContent
{
    private static readonly byte[] OfficeContainer = [0xD0, 0xCF, 0x11, 0xE0];

    // The name of the one stream that tells a protected Office file from an old one.
    private static readonly byte[] EncryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    /// <summary>Nobody can read it without the password.</summary>
    public static bool IsCertain(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last) =>
        (first.StartsWith(OfficeContainer) && (first.IndexOf(EncryptedPackage) >= 0 || last.IndexOf(EncryptedPackage) >= 0))
        || IsEncryptedArchive(first);

    /// <summary>A PDF with protection can often be read nevertheless: only its reader finds out.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last) =>
        first.IndexOf("%PDF-"u8) >= 0 && (first.IndexOf("/Encrypt"u8) >= 0 || last.IndexOf("/Encrypt"u8) >= 0);

    // Bit 0 of the general purpose flags of the first entry, see APPNOTE.TXT 4.4.4.
    private static bool IsEncryptedArchive(ReadOnlySpan<byte> first) =>
        first.Length >= 8 && first.StartsWith("PK\x03\x04"u8) && (BinaryPrimitives.ReadUInt16LittleEndian(first[6..]) & 1) == 1;
}
