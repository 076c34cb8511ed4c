using System.Buffers.Binary;

namespace Pgvector.Npgsql;

internal sealed class VectorConverter : BinaryConverter<Vector>
{
    protected override int ByteCount(Vector value) => BinaryFormat.DenseHeaderBytes + (sizeof(float) * value.Memory.Length);

    protected override void Encode(Vector value, Span<byte> destination)
    {
        BinaryFormat.WriteDenseHeader(value.Memory.Length, destination);
        BinaryFormat.Write32(value.Memory.Span, destination[BinaryFormat.DenseHeaderBytes..]);
    }

    protected override Vector Decode(ReadOnlySpan<byte> source) =>
        new(BinaryFormat.Read32<float>(BinaryFormat.ReadDenseHeader(source), source[BinaryFormat.DenseHeaderBytes..]));
}

internal sealed class HalfvecConverter : BinaryConverter<HalfVector>
{
    protected override int ByteCount(HalfVector value) => BinaryFormat.DenseHeaderBytes + (sizeof(ushort) * value.Memory.Length);

    protected override void Encode(HalfVector value, Span<byte> destination)
    {
        BinaryFormat.WriteDenseHeader(value.Memory.Length, destination);
        BinaryFormat.Write16(value.Memory.Span, destination[BinaryFormat.DenseHeaderBytes..]);
    }

    protected override HalfVector Decode(ReadOnlySpan<byte> source) =>
        new(BinaryFormat.Read16(BinaryFormat.ReadDenseHeader(source), source[BinaryFormat.DenseHeaderBytes..]));
}

internal sealed class SparsevecConverter : BinaryConverter<SparseVector>
{
    protected override int ByteCount(SparseVector value) =>
        BinaryFormat.SparseHeaderBytes + ((sizeof(int) + sizeof(float)) * value.Indices.Length);

    protected override void Encode(SparseVector value, Span<byte> destination)
    {
        var count = value.Indices.Length;
        BinaryPrimitives.WriteInt32BigEndian(destination, value.Dimensions);
        BinaryPrimitives.WriteInt32BigEndian(destination[sizeof(int)..], count);
        BinaryPrimitives.WriteInt32BigEndian(destination[(2 * sizeof(int))..], 0);
        var elements = destination[BinaryFormat.SparseHeaderBytes..];
        BinaryFormat.Write32(value.Indices.Span, elements);
        BinaryFormat.Write32(value.Values.Span, elements[(count * sizeof(int))..]);
    }

    protected override SparseVector Decode(ReadOnlySpan<byte> source)
    {
        var dimensions = BinaryPrimitives.ReadInt32BigEndian(source);
        var count = BinaryPrimitives.ReadInt32BigEndian(source[sizeof(int)..]);
        BinaryFormat.RequireZero(BinaryPrimitives.ReadInt32BigEndian(source[(2 * sizeof(int))..]));
        var elements = source[BinaryFormat.SparseHeaderBytes..];
        return new(
            dimensions,
            BinaryFormat.Read32<int>(count, elements),
            BinaryFormat.Read32<float>(count, elements[(count * sizeof(int))..]));
    }
}
