using System.Net;

namespace AiApp.Api.Auth;

/// <summary>Who needs no key: a developer's own programs on the developer's own machine, and nothing that could be someone else's.</summary>
internal static class DevelopmentAccess
{
    public static bool IsLocal(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        // A page of another site may point its own name at this machine (DNS rebinding).
        && IsLoopbackName(context.Request.Host.Host)
        // A proxy on this machine makes everyone's address look like this machine's.
        && !context.Request.Headers.Keys.Any(name =>
            name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase))
        // Browsers send forms, uploads among them, across sites without asking.
        && IsLoopbackOrigin(context.Request.Headers.Origin.ToString());

    private static bool IsLoopbackOrigin(string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopbackName(uri.Host));

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
