using Microsoft.Extensions.Configuration;

namespace AiApp.AppHost;

/// <summary>What the configuration of the AppHost decides about the topology.</summary>
internal static class Settings
{
    public static bool HasConnectionString(this IDistributedApplicationBuilder builder, string name) =>
        !string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name));

    /// <summary><c>Replicas__api=3</c> starts three processes of <paramref name="name"/>.</summary>
    public static int ReplicasOf(this IDistributedApplicationBuilder builder, string name) =>
        Math.Max(1, builder.Configuration.GetValue($"Replicas:{name}", 1));

    /// <summary><c>Api__External=true</c> publishes the API to the internet beside the web UI.</summary>
    public static bool IsApiExternal(this IDistributedApplicationBuilder builder) =>
        builder.Configuration.GetValue("Api:External", false);

    /// <summary>
    /// A secret of <c>Parameters:name</c>, else generated once and kept: in user secrets when run (a data volume keeps the
    /// password it was created with), by the deployment's environment when published.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    /// <summary>Gates the start order when run; becomes the readiness and liveness probes when published.</summary>
    public static IResourceBuilder<ProjectResource> WithHealth(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.ExecutionContext.IsPublishMode ? project.WithProbes("/health", "/alive") : project.WithHttpHealthCheck("/health");

    /// <summary>Run locally, the first start ingests the sample corpus and this project's own documentation.</summary>
    public static IResourceBuilder<ProjectResource> WithSamples(this IResourceBuilder<ProjectResource> ingestor)
    {
        var root = Path.GetDirectoryName(ingestor.ApplicationBuilder.AppHostDirectory)!;
        return ingestor.ApplicationBuilder.ExecutionContext.IsPublishMode ? ingestor : ingestor
            .WithEnvironment("Samples__Seed", "true")
            .WithEnvironment("Samples__Folder", Path.Combine(root, "samples"))
            .WithEnvironment("Samples__DocsFolder", Path.Combine(root, "docs"));
    }
}
