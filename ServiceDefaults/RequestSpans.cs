using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AiApp.ServiceDefaults;

/// <summary>Names request spans <c>{METHOD} {route}</c>, as the conventions ask and the framework does not, and drops those of probes.</summary>
internal sealed class RequestSpans(RequestDelegate next)
{
    // A name that a caller could make up would be a new name for each of them.
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    public async Task InvokeAsync(HttpContext context)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is not null && Health.IsProbe(context.Request.Path))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true })
            {
                Name(span, context);
            }
        }
    }

    private static void Name(Activity span, HttpContext context)
    {
        var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "HTTP";
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            var path = route.StartsWith('/') ? route : "/" + route;
            span.DisplayName = $"{method} {path}";
            span.SetTag("http.route", path);
        }
        else
        {
            span.DisplayName = method;
        }
    }
}
