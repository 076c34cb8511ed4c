using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.ServiceDefaults;

public static class ServiceDefaultsExtensions
{
    /// <summary>What every process of the application has: logs, telemetry, health, request ids, problem details.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Numbers and dates mean the same on every machine; what people read is formatted in the browser.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddTelemetry();
        builder.Services.AddLiveness();
        builder.Services.AddProblemBase();
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<IStartupFilter, RequestStartupFilter>();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        return builder;
    }

    /// <summary>Probes, always mapped and without details: <c>/health</c> is ready (every check), <c>/alive</c> is live.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapProbes();
        return app;
    }
}
