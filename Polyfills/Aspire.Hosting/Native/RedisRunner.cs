using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Native;

/// <summary>A private Redis, reachable from this machine and by password only.</summary>
internal sealed class RedisRunner(RedisResource resource) : INativeRunner
{
    private static readonly string[] Servers = ["redis-server", "valkey-server"];

    public async Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct)
    {
        var folder = await context.Folder.DataFolderAsync(resource.Name, ct);
        var configuration = Path.Combine(folder, "redis.conf");
        var lines = $"""
            bind 127.0.0.1
            port {Endpoint.Port}
            dir {folder}
            requirepass {await PasswordAsync(ct)}
            save 60 1
            loglevel warning

            """;
        await Tool.WriteFileAsync(context.Folder.User, configuration, lines, ct); // not arguments: every user sees those
        return new ProcessStart("/", FindServer(), configuration) { User = context.Folder.User };
    }

    public async Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Endpoint.Host, Endpoint.Port, ct);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {await PasswordAsync(ct)}\r\nPING\r\n"), ct);
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync(ct) == "+OK" && await reader.ReadLineAsync(ct) == "+PONG";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }

    private EndpointAnnotation Endpoint => resource.Annotations.OfType<EndpointAnnotation>().Single();

    private async Task<string> PasswordAsync(CancellationToken ct) => await resource.PasswordParameter!.GetValueAsync(ct) ?? "";

    private static string FindServer() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin")
            .SelectMany(folder => Servers.Select(server => Path.Combine(folder, server)))
            .FirstOrDefault(File.Exists)
        ?? throw new DistributedApplicationException(
            "Redis is not installed: ./up installs it on Debian and Ubuntu; elsewhere set ConnectionStrings__redis.");
}
