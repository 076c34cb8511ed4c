using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.WithEnvironmentValue(name, _ => ValueTask.FromResult(value));

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => builder.WithEnvironmentValue(name, parameter.Resource.GetValueAsync);

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment =>
        builder.WithEnvironmentValue($"ConnectionStrings__{connectionName ?? source.Resource.Name}", async ct =>
            await source.Resource.GetConnectionStringAsync(ct)
            ?? (optional ? null : throw new DistributedApplicationException($"'{source.Resource.Name}' has no connection string.")));

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            builder.WithEnvironmentValue($"services__{source.Resource.Name}__{endpoint.Name}__0", _ => ValueTask.FromResult<string?>(endpoint.Url));
            builder.WithEnvironmentValue(
                $"{source.Resource.Name}_{endpoint.Name}".ToUpperInvariant().Replace('-', '_'), _ => ValueTask.FromResult<string?>(endpoint.Url));
        }

        return builder;
    }

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitUntilHealthy));

    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport =>
        builder.WithAnnotation(new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode));

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints =>
        builder.WithAnnotation(new HttpHealthCheckAnnotation(path ?? "/", statusCode ?? 200, endpointName ?? "http"));

    /// <summary>Everything listens on this machine only; the annotation matters when published.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints => builder;

    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.WithAnnotation(new EndpointUrlCallbackAnnotation(endpointName, callback));

    /// <summary>There is no dashboard with a button here: the command is listed with its address once the resource is healthy.</summary>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder,
        string path,
        string displayName,
        string? endpointName = null,
        string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints =>
        builder.WithAnnotation(new HttpCommandAnnotation(path, displayName, commandOptions?.Method ?? HttpMethod.Post));

    private static IResourceBuilder<T> WithEnvironmentValue<T>(this IResourceBuilder<T> builder, string name, Func<CancellationToken, ValueTask<string?>> value)
        where T : IResource =>
        builder.WithAnnotation(new EnvironmentCallbackAnnotation(async (environment, ct) =>
        {
            if (await value(ct) is { } text)
            {
                environment[name] = text;
            }
        }));
}
