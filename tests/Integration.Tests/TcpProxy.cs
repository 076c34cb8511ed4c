using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AiApp.Integration.Tests;

/// <summary>A way to a server that can be cut, as a restart or a broken network cuts it, and restored on the same port.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private TcpListener _listener;
    private Task _accepting;

    public TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }

    /// <summary>How long each piece of an answer waits on its way, and before: a server that is slow, or with a long time one that hangs.</summary>
    public TimeSpan Delay { get; set; }

    public async Task CutAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var client in _open.Keys)
        {
            client.Close();
        }
    }

    public void Restore()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CopySlowlyAsync(NetworkStream from, NetworkStream to)
    {
        var piece = new byte[65_536];
        while (await from.ReadAsync(piece) is > 0 and var length)
        {
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, TimeProvider.System);
            }
            await to.WriteAsync(piece.AsMemory(0, length));
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _open[client] = _open[server] = true;
        try
        {
            await server.ConnectAsync(_host, _port);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream()),
                CopySlowlyAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side is gone.
        }
        finally
        {
            _open.TryRemove(server, out _);
            _open.TryRemove(client, out _);
            client.Close();
        }
    }
}
