using System.Net;

namespace AiApp.Web.Access;

/// <summary>
/// Without a key nobody but this machine gets in. The Host header is checked too: a page of another site may point its own
/// name at 127.0.0.1 (DNS rebinding), and its requests then arrive from loopback.
/// </summary>
internal sealed class LoopbackGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsLoopback(context.Connection.RemoteIpAddress) && IsLoopbackName(context.Request.Host.Host))
        {
            return next(context);
        }
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            "This site has no key for its Api, so it only answers requests from its own machine.\n"
            + "Create a key and set Api__Key to open it to others.\n", context.RequestAborted);
    }

    internal static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // Null: a transport without addresses, such as a Unix socket, which only this machine can open.
    private static bool IsLoopback(IPAddress? address) => address is null || IPAddress.IsLoopback(address);
}
