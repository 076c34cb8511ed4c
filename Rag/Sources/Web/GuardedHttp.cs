using System.Net;
using System.Net.Sockets;

namespace AiApp.Rag.Sources.Web;

/// <summary>
/// HTTP to addresses that may be called. The address is checked at the moment of connecting and connected to itself, so that
/// no second look at the name can give another one. Redirects come back to the caller.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    /// <summary>What robots.txt and logs of others know us by.</summary>
    public const string Agent = "AiApp";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private readonly PermittedHosts _hosts;

    public GuardedHttp(PermittedHosts hosts)
    {
        _hosts = hosts;
        Handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A proxy would resolve the name itself.
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            // Strangers get no trace of ours.
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        };
        Client = new HttpClient(Handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        Client.DefaultRequestHeaders.UserAgent.ParseAdd($"{Agent}/1.0");
    }

    public HttpClient Client { get; }

    /// <summary>For clients of services that bring their own layers on top.</summary>
    public SocketsHttpHandler Handler { get; }

    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        SocketException? failure = null;
        foreach (var address in await _hosts.ResolveAsync(context.DnsEndPoint.Host, ct))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            var connected = false;
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), ct);
                connected = true;
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused)
            {
                failure = refused;
            }
            finally
            {
                if (!connected)
                {
                    socket.Dispose();
                }
            }
        }
        throw failure!;
    }
}
