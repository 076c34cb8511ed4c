namespace Aspire.Hosting.ApplicationModel;

public class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    public ParameterResource? PasswordParameter { get; } = password;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = Annotations.OfType<EndpointAnnotation>().Single();
        return $"{endpoint.Host}:{endpoint.Port},password={await PasswordParameter!.GetValueAsync(cancellationToken)}";
    }
}
