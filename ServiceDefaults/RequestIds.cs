using Microsoft.AspNetCore.Http;

namespace AiApp.ServiceDefaults;

/// <summary>Takes a sane <c>X-Request-Id</c> from the caller or makes one, and returns it; <c>traceparent</c> is the framework's.</summary>
internal sealed class RequestIds(RequestDelegate next)
{
    private const string Header = "X-Request-Id";
    private const int MaxLength = 64;

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        var id = IsSane(given) ? given : Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = id;
        // On starting, because the exception handler clears headers set before.
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            http.Response.Headers[Header] = http.TraceIdentifier;
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static bool IsSane(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
