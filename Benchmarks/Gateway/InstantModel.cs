using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiApp.Benchmarks.Gateway;

/// <summary>
/// A model that answers at once, always the same, over bare sockets: what is measured is what stands before it. Streams when asked to.
/// </summary>
internal sealed class InstantModel : IDisposable
{
    private const int Words = 16;
    private static readonly byte[] Whole = MakeWhole();
    private static readonly byte[] Stream = MakeStream();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public InstantModel()
    {
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        socket.NoDelay = true;
        var buffer = new byte[64 * 1024];
        var read = 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(read));
                if (received == 0)
                {
                    return;
                }
                read += received;
                while (RequestLength(buffer.AsSpan(0, read)) is var length and > 0)
                {
                    var streams = buffer.AsSpan(0, length).IndexOf("\"stream\":true"u8) >= 0;
                    await socket.SendAsync(streams ? Stream : Whole);
                    buffer.AsSpan(length, read - length).CopyTo(buffer);
                    read -= length;
                }
            }
        }
        catch (SocketException)
        {
            // Its caller has gone.
        }
    }

    /// <summary>0 while a part is missing. Requests have a length or chunks.</summary>
    private static int RequestLength(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return 0;
        }
        var body = head + 4;
        if (bytes[..head].IndexOf("ontent-Length: "u8) is var at and >= 0 || (at = bytes[..head].IndexOf("ontent-length: "u8)) >= 0)
        {
            return Utf8Parser.TryParse(bytes[(at + 15)..], out int length, out _) && bytes.Length >= body + length ? body + length : 0;
        }
        var end = bytes[body..].IndexOf("0\r\n\r\n"u8);
        return end < 0 ? 0 : body + end + 5;
    }

    private static byte[] MakeWhole()
    {
        var text = string.Concat(Enumerable.Range(0, Words).Select(word => $"word{word} "));
        var body = $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1767225600,"model":"instant","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":16,"total_tokens":28}}""";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[] MakeStream()
    {
        const string Head = """{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1767225600,"model":"instant",""";
        var events = new List<string> { Head + """ "choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""" };
        events.AddRange(Enumerable.Range(0, Words).Select(word => Head + $$$""" "choices":[{"index":0,"delta":{"content":"word{{{word}}} "},"finish_reason":null}]}"""));
        events.Add(Head + """ "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
        events.Add(Head + """ "choices":[],"usage":{"prompt_tokens":12,"completion_tokens":16,"total_tokens":28}}""");
        events.Add("[DONE]");
        var body = string.Concat(events.Select(data => $"data: {data}\n\n"));
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
