using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Native;

/// <summary>Runs what the build has produced, in the project's folder, with the environment Aspire would give it.</summary>
internal sealed class ProjectRunner(ProjectResource resource, string projectPath, string assemblyPath, LaunchProfile profile) : INativeRunner
{
    /// <summary>Several .NET processes share a developer's machine: small heaps matter more than peak throughput.</summary>
    private static readonly Dictionary<string, string> Small = new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCConserveMemory"] = "5",
        ["Logging__Console__FormatterName"] = "simple",
        ["Logging__Console__FormatterOptions__SingleLine"] = "true",
    };

    private static readonly string DotNet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public async Task<ProcessStart?> PrepareAsync(NativeContext context, int replica, CancellationToken ct)
    {
        if (!File.Exists(assemblyPath))
        {
            throw new DistributedApplicationException($"{assemblyPath} is missing: build the AppHost first.");
        }

        return new ProcessStart(Path.GetDirectoryName(projectPath)!, DotNet, "exec", assemblyPath)
        {
            Environment = await EnvironmentAsync(context, replica, ct),
        };
    }

    public Task<bool> IsHealthyAsync(NativeContext context, int replica, CancellationToken ct) => HttpHealth.IsHealthyAsync(resource, context.Http, replica, ct);

    private async Task<Dictionary<string, string?>> EnvironmentAsync(NativeContext context, int replica, CancellationToken ct)
    {
        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in Small.Where(pair => Environment.GetEnvironmentVariable(pair.Key) is null).Concat(profile.Environment))
        {
            environment[name] = value;
        }

        environment["OTEL_SERVICE_NAME"] = resource.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={resource.Name}-{replica}";
        foreach (var (name, value) in ConfigurationExtensions.AsEnumerable(context.Builder.Configuration))
        {
            if (name.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.Ordinal) && value is not null)
            {
                environment[name] = value;
            }
        }

        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(environment, ct);
        }

        var result = environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        var urls = string.Join(';', resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.UrlOf(replica)));
        result["ASPNETCORE_URLS"] = urls.Length == 0 ? null : urls;
        result["DOTNET_LAUNCH_PROFILE"] = null;
        return result;
    }
}

internal static class HttpHealth
{
    public static async Task<bool> IsHealthyAsync(IResource resource, HttpClient http, int replica, CancellationToken ct)
    {
        foreach (var check in resource.Annotations.OfType<HttpHealthCheckAnnotation>())
        {
            var endpoint = resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.Name == check.EndpointName)
                ?? throw new DistributedApplicationException($"{resource.Name} has a health check but no {check.EndpointName} address in its launchSettings.json.");
            if (!await AnswersAsync(http, endpoint.UrlOf(replica) + check.Path, check.StatusCode, ct))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url, int statusCode, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url), ct);
            return (int)response.StatusCode == statusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }
}
