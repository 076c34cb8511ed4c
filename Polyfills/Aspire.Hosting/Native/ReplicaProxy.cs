using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Native;

/// <summary>Shares the connections to one address between the replicas behind it, in turn; a replica that is down is passed over.</summary>
internal sealed class ReplicaProxy : IDisposable
{
    private readonly TcpListener listener;
    private readonly IReadOnlyList<int> replicas;
    private readonly CancellationTokenSource stop = new();
    private int next;

    private ReplicaProxy(int port, IReadOnlyList<int> replicas)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        this.replicas = replicas;
    }

    public static ReplicaProxy Start(int port, IReadOnlyList<int> replicas)
    {
        var proxy = new ReplicaProxy(port, replicas);
        proxy.listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var ct = stop.Token;
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ct), ct);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        using (client)
        {
            using var replica = await ConnectAsync(ct);
            if (replica is null)
            {
                return;
            }

            try
            {
                await Task.WhenAll(CopyAsync(client, replica, ct), CopyAsync(replica, client, ct));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side hung up; disposing closes the other.
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync(CancellationToken ct)
    {
        foreach (var _ in replicas)
        {
            var port = replicas[(int)((uint)Interlocked.Increment(ref next) % (uint)replicas.Count)];
            var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port, ct);
                return connection;
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                connection.Dispose();
            }
        }

        return null;
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to, CancellationToken ct)
    {
        await from.GetStream().CopyToAsync(to.GetStream(), ct);
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
