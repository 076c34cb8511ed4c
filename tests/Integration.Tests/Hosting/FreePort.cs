using System.Net;
using System.Net.Sockets;

namespace AiApp.Integration.Tests.Hosting;

/// <summary>A port that nobody listens on, for a process that is told where to listen.</summary>
internal static class FreePort
{
    public static int Find(IPAddress? address = null)
    {
        using var listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
