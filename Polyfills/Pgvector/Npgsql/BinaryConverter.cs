using System.Buffers;
using Npgsql.Internal;

namespace Pgvector.Npgsql;

/// <summary>
/// Reads and writes one value as one run of bytes. A value may be larger than Npgsql's buffer (16,000 floats are 64 KB),
/// hence the streaming converter; Npgsql flushes and refills by itself when it is given the whole run.
/// </summary>
internal abstract class BinaryConverter<T> : PgStreamingConverter<T>
    where T : class
{
    public override T Read(PgReader reader)
    {
        var length = reader.CurrentRemaining;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            reader.ReadBytes(bytes.AsSpan(0, length));
            return Decode(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default)
    {
        var length = reader.CurrentRemaining;
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await reader.ReadBytesAsync(bytes.AsMemory(0, length), cancellationToken);
            return Decode(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public override Size GetSize(SizeContext context, T value, ref object? writeState) => ByteCount(value);

    public override void Write(PgWriter writer, T value)
    {
        var length = ByteCount(value);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encode(value, bytes.AsSpan(0, length));
            writer.WriteBytes(bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public override async ValueTask WriteAsync(PgWriter writer, T value, CancellationToken cancellationToken = default)
    {
        var length = ByteCount(value);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Encode(value, bytes.AsSpan(0, length));
            await writer.WriteBytesAsync(bytes.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    protected abstract int ByteCount(T value);

    protected abstract void Encode(T value, Span<byte> destination);

    protected abstract T Decode(ReadOnlySpan<byte> source);
}
