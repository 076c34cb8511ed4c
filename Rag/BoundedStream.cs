namespace AiApp.Rag;

/// <summary>Tells how many bytes have come out of a stream, before they are used: what is told may throw.</summary>
internal sealed class BoundedStream(Stream inner, Action<int> onRead) : Stream
{
    /// <summary>Throws <paramref name="tooLong"/> once more than <paramref name="most"/> bytes have been read.</summary>
    public BoundedStream(Stream inner, long most, Func<Exception> tooLong)
        : this(inner, Count(most, tooLong))
    {
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Told(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Told(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    private static Action<int> Count(long most, Func<Exception> tooLong)
    {
        long all = 0;
        return read => all = all + read <= most ? all + read : throw tooLong();
    }

    private int Told(int read)
    {
        onRead(read);
        return read;
    }
}
