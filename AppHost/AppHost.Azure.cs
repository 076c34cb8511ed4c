using Azure.Provisioning;
using Azure.Provisioning.AppContainers;
using Azure.Provisioning.Expressions;
using Azure.Provisioning.PostgreSql;

namespace AiApp.AppHost;

internal static partial class Deployment
{
    public static partial void AddDeploymentTarget(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            builder.AddAzureContainerAppEnvironment("cae").WithAzdResourceNaming();
        }
    }

    /// <summary>Password authentication: connection strings stay the same everywhere, and KEDA scalers can use them.</summary>
    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedPostgres(
        this IDistributedApplicationBuilder builder, string name, string databaseName) =>
        builder.AddAzurePostgresFlexibleServer(name)
            .WithPasswordAuthentication()
            .ConfigureInfrastructure(infrastructure =>
            {
                var server = infrastructure.GetProvisionableResources().OfType<PostgreSqlFlexibleServer>().Single();
                server.Version = new StringLiteralExpression("17");

                // Allow-listed here; the migrator still runs CREATE EXTENSION.
                infrastructure.Add(new PostgreSqlFlexibleServerConfiguration("pgExtensions")
                {
                    Parent = server,
                    Name = "azure.extensions",
                    Value = "VECTOR",
                    Source = "user-override",
                });
            })
            .AddDatabase(databaseName);

    public static partial IResourceBuilder<IResourceWithConnectionString> AddManagedRedis(
        this IDistributedApplicationBuilder builder, string name) =>
        builder.AddAzureManagedRedis(name).WithAccessKeyAuthentication();

    /// <summary>Started after each deployment by the hook in azure.yaml: an app that exits would be restarted for ever.</summary>
    public static partial IResourceBuilder<ProjectResource> PublishAsJob(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.ExecutionContext.IsPublishMode ? project.PublishAsAzureContainerAppJob() : project;

    public static partial IResourceBuilder<ProjectResource> PublishScaled(
        this IResourceBuilder<ProjectResource> project, int minReplicas, int maxReplicas, bool stickySessions) =>
        project.PublishAsAzureContainerApp((_, app) =>
        {
            app.Template.Scale.MinReplicas = minReplicas;
            app.Template.Scale.MaxReplicas = maxReplicas;
            app.Template.Scale.Rules.Add(new ContainerAppScaleRule
            {
                Name = "http",
                Http = new ContainerAppHttpScaleRule { Metadata = { ["concurrentRequests"] = "50" } },
            });
            var container = app.Template.Containers[0].Value!;
            container.Resources.Cpu = 1.0;
            container.Resources.Memory = "2.0Gi";
            if (stickySessions)
            {
                app.Configuration.Ingress.StickySessionsAffinity = StickySessionAffinity.Sticky;
            }
        });

    public static partial IResourceBuilder<ProjectResource> WithProbes(
        this IResourceBuilder<ProjectResource> project, string readinessPath, string livenessPath) =>
        project.WithHttpProbe(ProbeType.Readiness, readinessPath).WithHttpProbe(ProbeType.Liveness, livenessPath, failureThreshold: 5);
}
