using System.Buffers.Binary;
using System.Numerics;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>The rank of every token by its bytes. All tokens stand in one array, so that a vocabulary takes megabytes, not tens of them.</summary>
internal sealed class RankTable
{
    /// <summary>Of bytes that are no token: after every rank.</summary>
    public const int None = int.MaxValue;

    private readonly byte[] _bytes;
    private readonly (int Start, int Length, int Rank)[] _tokens;

    // Open addressing: the upper half is the hash, the lower one the token's place and one; 0 is free.
    private readonly ulong[] _slots;
    private readonly int _longest;

    public RankTable(IReadOnlyCollection<KeyValuePair<byte[], int>> ranks)
    {
        _bytes = new byte[ranks.Sum(rank => rank.Key.Length)];
        _tokens = new (int, int, int)[ranks.Count];
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, ranks.Count * 2))];
        _longest = ranks.Count == 0 ? 0 : ranks.Max(rank => rank.Key.Length);
        var (place, start) = (0, 0);
        foreach (var (bytes, rank) in ranks)
        {
            bytes.CopyTo(_bytes, start);
            _tokens[place] = (start, bytes.Length, rank);
            var hash = Hash(bytes);
            var slot = hash & (uint)(_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (uint)(_slots.Length - 1);
            }
            _slots[slot] = ((ulong)hash << 32) | (uint)(place + 1);
            start += bytes.Length;
            place++;
        }
    }

    public int Count => _tokens.Length;

    public int Find(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _longest)
        {
            return None;
        }
        var hash = Hash(bytes);
        for (var slot = hash & (uint)(_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            if ((uint)(_slots[slot] >> 32) == hash
                && _tokens[(int)(uint)_slots[slot] - 1] is var (start, length, rank)
                && bytes.SequenceEqual(_bytes.AsSpan(start, length)))
            {
                return rank;
            }
        }
        return None;
    }

    // Multiply and fold, by the odd constant of the golden ratio: no cryptography, the table is the deployer's.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        var rest = 0UL;
        foreach (var value in bytes)
        {
            rest = (rest << 8) | value;
        }
        return (uint)(Mix(hash ^ (rest << 1 | 1)) >> 32);

        static ulong Mix(ulong value)
        {
            value *= Golden;
            return (value ^ (value >> 29)) * Golden;
        }
    }
}
