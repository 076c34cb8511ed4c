namespace AiApp.AppHost;

/// <summary>
/// What only a deployment has. AppHost.Azure.cs implements it for Azure Container Apps; AppHost.Native.cs stands in where
/// the Azure packages cannot be restored and nothing can be published.
/// </summary>
internal static partial class Deployment
{
    public static partial void AddDeploymentTarget(this IDistributedApplicationBuilder builder);

    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedPostgres(
        this IDistributedApplicationBuilder builder, string name, string databaseName);

    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedRedis(
        this IDistributedApplicationBuilder builder, string name);

    public static partial IResourceBuilder<ProjectResource> PublishAsJob(this IResourceBuilder<ProjectResource> project);

    public static partial IResourceBuilder<ProjectResource> PublishScaled(
        this IResourceBuilder<ProjectResource> project, int minReplicas, int maxReplicas, bool stickySessions = false);

    public static partial IResourceBuilder<ProjectResource> WithProbes(
        this IResourceBuilder<ProjectResource> project, string readinessPath, string livenessPath);
}
