using Microsoft.Extensions.Configuration;

namespace AiApp.ServiceDefaults;

/// <summary>Addresses of other services as Aspire hands them to a process (<c>services__api__https__0</c>).</summary>
public static class ServiceAddress
{
    /// <summary>The https address of a service, else its http address, else null.</summary>
    public static Uri? Find(IConfiguration configuration, string service)
    {
        var address = configuration[$"services:{service}:https:0"] ?? configuration[$"services:{service}:http:0"];
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
    }
}
