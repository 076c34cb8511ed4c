using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Native;

internal static class Ports
{
    public static int Choose(int? preferred) => preferred is { } port && IsFree(port) ? port : Free();

    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanListen(IPAddress.IPv6Loopback, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            // A machine without IPv6 has nobody listening on it either.
            return exception.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
