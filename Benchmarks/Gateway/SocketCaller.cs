using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiApp.Benchmarks.Gateway;

/// <summary>Sends one request again and again over kept connections, one for each caller at a time, and costs as little as it can.</summary>
internal sealed class SocketCaller(int port, string body, params string[] headers) : IDisposable
{
    private readonly ConcurrentBag<Connection> _idle = [];
    private readonly byte[] _request = Encoding.ASCII.GetBytes(
        $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer none\r\nContent-Type: application/json\r\n"
        + string.Concat(headers.Select(header => header + "\r\n")) + $"Content-Length: {body.Length}\r\n\r\n{body}");

    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public async Task CallAsync(CancellationToken ct)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = await Connection.OpenAsync(port, ct);
        }
        await connection.ExchangeAsync(_request, ct);
        _idle.Add(connection);
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[64 * 1024];

        public static async Task<Connection> OpenAsync(int port, CancellationToken ct)
        {
            var connection = new Connection();
            await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), ct);
            return connection;
        }

        public async Task ExchangeAsync(byte[] request, CancellationToken ct)
        {
            await _socket.SendAsync(request, ct);
            var read = 0;
            do
            {
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(read), ct);
                if (received == 0)
                {
                    throw new InvalidOperationException($"The server closed the connection: {Encoding.ASCII.GetString(_buffer, 0, Math.Min(read, 300))}");
                }
                read += received;
            }
            while (!IsWhole(_buffer.AsSpan(0, read)));
            if (!_buffer.AsSpan(0, read).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(_buffer, 0, Math.Min(read, 600))}");
            }
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> bytes)
        {
            var head = bytes.IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                return false;
            }
            if (bytes[..head].IndexOf("ontent-Length: "u8) is var at and >= 0 || (at = bytes[..head].IndexOf("ontent-length: "u8)) >= 0)
            {
                return Utf8Parser.TryParse(bytes[(at + 15)..], out int length, out _) && bytes.Length >= head + 4 + length;
            }
            return bytes.EndsWith("0\r\n\r\n"u8);
        }
    }
}
