using Aspire.Hosting.Native;

namespace Aspire.Hosting.ApplicationModel;

public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
}

public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    public int ExitCode { get; } = exitCode;
}

public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    public int Replicas { get; } = replicas;
}

public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }
}

public sealed class HttpCommandOptions
{
    public HttpMethod? Method { get; set; }

    public string? IconName { get; set; }

    public bool IsHighlighted { get; set; }
}

public enum ContainerLifetime
{
    Session,
    Persistent,
}

/// <summary>The address of a resource. The stand-in allocates <see cref="Port"/> before anything starts.</summary>
internal sealed class EndpointAnnotation(string name, string scheme, string host, int? preferredPort) : IResourceAnnotation
{
    public string Name { get; } = name;

    public string Host { get; } = host;

    public int? PreferredPort { get; } = preferredPort;

    public int Port { get; set; }

    /// <summary>Empty unless several replicas share <see cref="Port"/> through a proxy.</summary>
    public IReadOnlyList<int> ReplicaPorts { get; set; } = [];

    public string Url => $"{scheme}://{Host}:{Port}";

    public string UrlOf(int replica) => ReplicaPorts.Count == 0 ? Url : $"{scheme}://{Host}:{ReplicaPorts[replica]}";
}

internal sealed record EnvironmentCallbackAnnotation(Func<IDictionary<string, string>, CancellationToken, ValueTask> Callback) : IResourceAnnotation;

internal sealed record HttpHealthCheckAnnotation(string Path, int StatusCode, string EndpointName) : IResourceAnnotation;

internal sealed record EndpointUrlCallbackAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Callback) : IResourceAnnotation;

internal sealed record HttpCommandAnnotation(string Path, string DisplayName, HttpMethod Method) : IResourceAnnotation;

/// <summary>How a resource is run without containers.</summary>
internal sealed record NativeRunnerAnnotation(INativeRunner Runner) : IResourceAnnotation;
