using System.Security.Cryptography;
using System.Text;

namespace AiApp.Rag.Caching;

/// <summary>
/// Whoever can write to Redis must not be able to plant an answer, nor move one to another partition or question: what is kept is signed
/// together with its place.
/// </summary>
internal sealed class CacheSignature
{
    private const int Length = 32;
    private readonly byte[] _key;

    public CacheSignature(string key) => _key = key.Length > 0
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), Length, info: "aiapp answer cache"u8.ToArray())
        : RandomNumberGenerator.GetBytes(Length);

    public ReadOnlySpan<byte> Key => _key;

    public byte[] Seal(CachePartition partition, string place, ReadOnlySpan<byte> content)
    {
        var sealedContent = new byte[Length + content.Length];
        content.CopyTo(sealedContent.AsSpan(Length));
        Sign(partition, place, content, sealedContent);
        return sealedContent;
    }

    /// <summary>Null when it is not what <see cref="Seal"/> made for this place.</summary>
    public ReadOnlyMemory<byte>? Open(CachePartition partition, string place, byte[] sealedContent)
    {
        if (sealedContent.Length < Length)
        {
            return null;
        }
        Span<byte> expected = stackalloc byte[Length];
        Sign(partition, place, sealedContent.AsSpan(Length), expected);
        // Not by "? :", which takes null for an empty memory.
        if (!CryptographicOperations.FixedTimeEquals(expected, sealedContent.AsSpan(0, Length)))
        {
            return null;
        }
        return sealedContent.AsMemory(Length);
    }

    private void Sign(CachePartition partition, string place, ReadOnlySpan<byte> content, Span<byte> signature)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{partition.Tenant.Value}\n{partition.Id}\n{place}\n"));
        hash.AppendData(content);
        hash.GetHashAndReset(signature);
    }
}
