namespace AiApp.Web.Access;

/// <summary>What the browser may do with our pages: nothing inline, nothing from elsewhere, no framing.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; "
            + "frame-ancestors 'none'; connect-src 'self'" + SocketOrigin(context.Request);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }

    // Safari before 15.4 does not count web sockets of the same origin as 'self'.
    private static string SocketOrigin(HttpRequest request) =>
        Uri.CheckHostName(request.Host.Host) is UriHostNameType.Dns or UriHostNameType.IPv4
            ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host.Value}"
            : "";
}
