using System.Buffers.Binary;
using System.Text.Json;
using AiApp.Rag.Ingestion.Reading;
using AiApp.Rag.Jobs;

namespace AiApp.Rag.Ingestion.Parsing;

internal sealed record ParserRequest(string SourceUri, string MediaType);

/// <summary>One of the two.</summary>
internal sealed record ParserReply(ReadDocument? Document, JobFailure? Failure);

/// <summary>
/// What goes through the pipes: the length of a frame in 4 bytes, little-endian, and the frame. A request is two frames, JSON and
/// the bytes of the document; a reply is one, JSON.
/// </summary>
internal static class ParserFrames
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task WriteMessageAsync<T>(Stream stream, T message, CancellationToken ct) =>
        WriteFrameAsync(stream, JsonSerializer.SerializeToUtf8Bytes(message, Json), ct);

    public static async Task WriteFrameAsync(Stream stream, ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, frame.Length);
        await stream.WriteAsync(length, ct);
        await stream.WriteAsync(frame, ct);
        await stream.FlushAsync(ct);
    }

    /// <summary>Null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The frame is longer than <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]?> ReadFrameAsync(Stream stream, int most, CancellationToken ct)
    {
        var length = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, ct) < length.Length)
        {
            return null;
        }
        var size = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (size < 0 || size > most)
        {
            throw new InvalidDataException($"A frame of {size} bytes.");
        }
        var frame = new byte[size];
        return await stream.ReadAtLeastAsync(frame, size, throwOnEndOfStream: false, ct) == size ? frame : null;
    }

    /// <exception cref="JsonException">The frame is no such message.</exception>
    public static T Parse<T>(byte[] frame) => JsonSerializer.Deserialize<T>(frame, Json) ?? throw new JsonException("The frame is 'null'.");
}
