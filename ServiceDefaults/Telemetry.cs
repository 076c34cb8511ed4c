using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace AiApp.ServiceDefaults;

/// <summary>
/// Logs, and OpenTelemetry over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Built from the SDK and the exporter
/// alone: ASP.NET Core, HttpClient, the runtime and Npgsql carry their own sources and meters.
/// </summary>
internal static class Telemetry
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // One line a request and one a statement would bury what matters; spans tell both.
    private static readonly Dictionary<string, string?> QuietCategories =
        new[] { "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http.HttpClient" }
            .ToDictionary(category => $"Logging:LogLevel:{category}", _ => (string?)nameof(LogLevel.Warning))
            // For dashboards: two lines for each answer say nothing to whoever reads the console.
            .Append(new("Logging:Console:LogLevel:AiApp.Rag.Evaluations", nameof(LogLevel.None)))
            .ToDictionary();

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.AddConsoleLogs();
        // Without it request spans of ASP.NET Core 10 carry no attributes.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }
        var resource = CreateResource(builder.Environment.ApplicationName);
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.SetResourceBuilder(resource).AddProcessor(new EvaluatedSpan()).AddOtlpExporter();
        });
        builder.Services.AddHostedService(services =>
            new TelemetryExport(resource, services.GetRequiredService<LoggerProvider>(), services.GetRequiredService<IConfiguration>()));
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last and therefore win.
    private static ResourceBuilder CreateResource(string application) =>
        ResourceBuilder.CreateEmpty().AddService(application).AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static void AddConsoleLogs(this IHostApplicationBuilder builder)
    {
        // The lowest layer of configuration: Logging__LogLevel__* of a deployment goes over it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietCategories });
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment())
        {
            builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        }
        else
        {
            builder.Logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"));
        }
    }
}
