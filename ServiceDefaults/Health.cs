using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AiApp.ServiceDefaults;

/// <summary>Hosts add their own checks with <c>AddHealthChecks()</c>; the bodies name no dependency because probes are anonymous.</summary>
public static class Health
{
    public const string LiveTag = "live";
    public const string ReadyPath = "/health";
    public const string LivePath = "/alive";

    internal static void AddLiveness(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    internal static void MapProbes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(ReadyPath).AsProbe();
        endpoints.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).AsProbe();
    }

    internal static bool IsProbe(PathString path) => path == ReadyPath || path == LivePath;

    private static void AsProbe(this IEndpointConventionBuilder endpoint) => endpoint.AllowAnonymous().DisableHttpMetrics();
}
