using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        }

        return builder.AddResource(new ParameterResource(name, _ => valueGetter(), secret));
    }

    /// <summary>Where Aspire persists to the user secrets, the stand-in persists under .aiapp/secrets, readable by its owner only.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        string Resolve(ParameterDefault? _) =>
            builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"]
            ?? (persist
                ? SecretFile.ReadOrCreate(Path.Combine(builder.AppHostDirectory, "..", ".aiapp", "secrets", name), value.GetDefaultValue)
                : value.GetDefaultValue());

        return builder.AddResource(new ParameterResource(name, Resolve, secret));
    }

    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(name, () => builder.Configuration.GetConnectionString(name)
            ?? throw new DistributedApplicationException($"Set ConnectionStrings__{environmentVariableName ?? name}: it is missing.")));
}
