using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiApp.Api.Auth;

/// <summary>
/// <c>aia_{id 12}_{secret 43}_{crc32 8}</c>: the id finds the row, the secret is 256 random bits in base64url, and the
/// checksum lets typing errors and guesses be refused without a database, and secret scanners recognise a leaked key.
/// </summary>
internal sealed record ApiKeyText(string Id, string Text)
{
    private const string Prefix = "aia_";
    private const string IdAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43;
    private const int ChecksumLength = 8;
    private const int CheckedLength = 4 + IdLength + 1 + SecretLength;

    public static ApiKeyText Create()
    {
        var id = RandomNumberGenerator.GetString(IdAlphabet, IdLength);
        var signed = $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return new(id, $"{signed}_{Checksum(signed)}");
    }

    /// <summary>Null when this cannot be a key of ours.</summary>
    public static ApiKeyText? Parse(string text)
    {
        if (text.Length != CheckedLength + 1 + ChecksumLength || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length + IdLength] != '_' || text[CheckedLength] != '_')
        {
            return null;
        }
        var id = text.Substring(Prefix.Length, IdLength);
        return id.All(IdAlphabet.Contains) && text[(CheckedLength + 1)..] == Checksum(text[..CheckedLength]) ? new(id, text) : null;
    }

    // A record would print the secret.
    public override string ToString() => Prefix + Id;

    // CRC-32 (IEEE 802.3), bit by bit: sixty bytes a request are not worth a table or a package.
    private static string Checksum(string text)
    {
        var crc = uint.MaxValue;
        foreach (var value in Encoding.ASCII.GetBytes(text))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }
        return (~crc).ToString("x8", CultureInfo.InvariantCulture);
    }
}
