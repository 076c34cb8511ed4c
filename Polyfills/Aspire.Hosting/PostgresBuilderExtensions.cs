using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        password ??= builder.AddParameter($"{name}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
        var resource = new PostgresServerResource(name, userName?.Resource, password.Resource);
        return builder.AddResource(resource)
            .WithAnnotation(new EndpointAnnotation("tcp", "tcp", "127.0.0.1", port))
            .WithAnnotation(new NativeRunnerAnnotation(new PostgresRunner(resource)));
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var resource = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        return builder.ApplicationBuilder.AddResource(resource)
            .WithAnnotation(new WaitAnnotation(builder.Resource, WaitType.WaitUntilHealthy))
            .WithAnnotation(new NativeRunnerAnnotation(new PostgresDatabaseRunner(resource)));
    }

    /// <summary>The native data folder always outlives the run; there is no volume to name.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
