using System.Net;
using System.Net.Sockets;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Listens on every address of the machine, IPv4 and IPv6, and counts who comes.</summary>
internal sealed class Sentinel : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
    private readonly Task _accepting;
    private int _connects;

    public Sentinel()
    {
        _listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Whoever connects before this call is in the count: a connection of our own goes through the queue last.</summary>
    public async Task<int> CountAsync()
    {
        var before = Volatile.Read(ref _connects);
        using var own = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await own.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, Port));
        // Closed by the other side, once it has been counted.
        _ = await own.ReceiveAsync(new byte[1]);
        Assert.True(Volatile.Read(ref _connects) > before);
        return Interlocked.Decrement(ref _connects);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var connection = await _listener.AcceptAsync();
            Interlocked.Increment(ref _connects);
        }
    }
}
