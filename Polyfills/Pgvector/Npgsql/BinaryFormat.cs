using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pgvector.Npgsql;

/// <summary>pgvector's wire format is big-endian throughout (vector_send, halfvec_send and sparsevec_send).</summary>
internal static class BinaryFormat
{
    public const int DenseHeaderBytes = 2 * sizeof(ushort);

    public const int SparseHeaderBytes = 3 * sizeof(int);

    public static void WriteDenseHeader(int dimensions, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, checked((ushort)dimensions));
        BinaryPrimitives.WriteUInt16BigEndian(destination[sizeof(ushort)..], 0);
    }

    public static int ReadDenseHeader(ReadOnlySpan<byte> source)
    {
        RequireZero(BinaryPrimitives.ReadUInt16BigEndian(source[sizeof(ushort)..]));
        return BinaryPrimitives.ReadUInt16BigEndian(source);
    }

    public static void RequireZero(int unused)
    {
        if (unused != 0)
        {
            throw new InvalidCastException("expected unused to be 0");
        }
    }

    public static void Write32<T>(ReadOnlySpan<T> values, Span<byte> destination)
        where T : unmanaged =>
        Swap32(MemoryMarshal.Cast<T, int>(values), MemoryMarshal.Cast<byte, int>(destination));

    public static T[] Read32<T>(int count, ReadOnlySpan<byte> source)
        where T : unmanaged
    {
        var values = new T[count];
        Swap32(MemoryMarshal.Cast<byte, int>(source[..(count * sizeof(int))]), MemoryMarshal.Cast<T, int>(values.AsSpan()));
        return values;
    }

    public static void Write16(ReadOnlySpan<Half> values, Span<byte> destination) =>
        Swap16(MemoryMarshal.Cast<Half, short>(values), MemoryMarshal.Cast<byte, short>(destination));

    public static Half[] Read16(int count, ReadOnlySpan<byte> source)
    {
        var values = new Half[count];
        Swap16(MemoryMarshal.Cast<byte, short>(source[..(count * sizeof(short))]), MemoryMarshal.Cast<Half, short>(values.AsSpan()));
        return values;
    }

    private static void Swap32(ReadOnlySpan<int> source, Span<int> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(source, destination);
        }
        else
        {
            source.CopyTo(destination);
        }
    }

    private static void Swap16(ReadOnlySpan<short> source, Span<short> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(source, destination);
        }
        else
        {
            source.CopyTo(destination);
        }
    }
}
