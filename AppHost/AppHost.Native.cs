namespace AiApp.AppHost;

internal static partial class Deployment
{
    private const string NotHere = "Publishing needs the Aspire packages: build with -p:Polyfill=false on a feed that has them.";

    public static partial void AddDeploymentTarget(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            throw new DistributedApplicationException(NotHere);
        }
    }

    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedPostgres(
        this IDistributedApplicationBuilder builder, string name, string databaseName) => throw new DistributedApplicationException(NotHere);

    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedRedis(
        this IDistributedApplicationBuilder builder, string name) => throw new DistributedApplicationException(NotHere);

    public static partial IResourceBuilder<ProjectResource> PublishAsJob(this IResourceBuilder<ProjectResource> project) => project;

    public static partial IResourceBuilder<ProjectResource> PublishScaled(
        this IResourceBuilder<ProjectResource> project, int minReplicas, int maxReplicas, bool stickySessions) => project;

    public static partial IResourceBuilder<ProjectResource> WithProbes(
        this IResourceBuilder<ProjectResource> project, string readinessPath, string livenessPath) => project;
}
