using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AiApp.ServiceDefaults;

/// <summary>Names request spans <c>{METHOD} {route}</c>, as the conventions ask and the framework does not, and drops those of probes.</summary>
internal sealed class RequestSpans(RequestDelegate next)
{
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
            if (span is { IsAllDataRequested: true } && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
            {
                var path = route.StartsWith('/') ? route : "/" + route;
                span.DisplayName = $"{context.Request.Method} {path}";
                span.SetTag("http.route", path);
            }
        }
    }
}
