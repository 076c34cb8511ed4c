using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>A published rank file in the format of tiktoken: on each line a token's bytes in Base64, a blank, and its rank.</summary>
internal static class RankFile
{
    // The largest published ones hold 200,000 tokens in 4 MB.
    private const long MaxBytes = 100_000_000;

    /// <exception cref="InvalidDataException">It is not such a file; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static RankTable Read(string path, string sha256)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
        {
            throw new InvalidDataException("is larger than 100 MB: it is no rank file.");
        }
        var content = File.ReadAllBytes(path);
        if (sha256.Length > 0 && Convert.ToHexString(SHA256.HashData(content)) is var found && !found.Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"has the SHA-256 {found.ToLowerInvariant()} and not the one of Sha256: get the file again, or correct Sha256.");
        }
        return Parse(content);
    }

    /// <exception cref="InvalidDataException">It is not such a file; the message says why.</exception>
    public static RankTable Parse(ReadOnlySpan<byte> content)
    {
        var ranks = new List<KeyValuePair<byte[], int>>();
        var (seen, table) = (new HashSet<int>(), new HashSet<string>(StringComparer.Ordinal));
        var number = 0;
        foreach (var line in content.Split((byte)'\n'))
        {
            number++;
            var row = content[line].TrimEnd((byte)'\r');
            if (row.IsEmpty)
            {
                continue;
            }
            var (token, rank) = ParseLine(row) ?? throw new InvalidDataException(
                $"has no Base64 token and rank on line {number}: it must be a rank file in the format of tiktoken.");
            if (!seen.Add(rank) || !table.Add(Convert.ToHexString(token)))
            {
                throw new InvalidDataException($"has the token or the rank of line {number} twice: get the file again.");
            }
            ranks.Add(new(token, rank));
        }
        var single = ranks.Count(rank => rank.Key.Length == 1);
        return single == 256 ? new(ranks) : throw new InvalidDataException(
            $"has ranks for {single} of the 256 single bytes: it must be the rank file of a byte-level tokenizer.");
    }

    private static (byte[] Token, int Rank)? ParseLine(ReadOnlySpan<byte> row)
    {
        var blank = row.IndexOf((byte)' ');
        if (blank <= 0 || !int.TryParse(row[(blank + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) || rank == RankTable.None)
        {
            return null;
        }
        var token = new byte[Base64.GetMaxDecodedFromUtf8Length(blank)];
        return Base64.DecodeFromUtf8(row[..blank], token, out _, out var length) == OperationStatus.Done && length > 0 ? (token[..length], rank) : null;
    }
}
