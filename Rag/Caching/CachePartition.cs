using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using StackExchange.Redis;

namespace AiApp.Rag.Caching;

/// <summary>
/// The answers that may be compared at all. Whatever can make two answers to one question differ, besides documents, is part of its id;
/// nothing of it comes from the body of a request but the name of the collection.
/// </summary>
internal sealed record CachePartition(TenantId Tenant, string Id)
{
    private const int IdBytes = 16;

    /// <summary>Each part with its length before it: no two lists of parts are one text.</summary>
    public static CachePartition Of(TenantId tenant, ReadOnlySpan<byte> key, params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts.Prepend(tenant.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)))
        {
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return new(tenant, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, IdBytes)));
    }

    /// <summary>In braces: all keys of a partition live on one node of a cluster.</summary>
    public RedisKey Key(string part) => $"{RedisConnection.KeyPrefix(Tenant)}cache:{{{Id}}}:{part}";
}
