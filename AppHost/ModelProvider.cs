using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace AiApp.AppHost;

/// <summary>Which models answer: <c>local</c> (no key, extractive) or any server that speaks the OpenAI protocol.</summary>
internal sealed record ModelProvider(string Name, string? Endpoint, string? ChatModel, IResourceBuilder<ParameterResource>? ApiKey);

internal static class ModelProviderExtensions
{
    /// <summary>
    /// Read, first match wins, from <c>Models:OpenAI:*</c>, <c>ConnectionStrings:openai</c>
    /// (<c>Endpoint=...;Key=...;Model=...</c>) and <c>OPENAI_API_KEY</c>. Any of them turns <c>openai</c> on, unless
    /// <c>Models:Provider</c> says otherwise.
    /// </summary>
    public static ModelProvider AddModelProvider(this IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var connection = new DbConnectionStringBuilder { ConnectionString = configuration.GetConnectionString("openai") ?? "" };
        var endpoint = configuration["Models:OpenAI:Endpoint"] ?? Part(connection, "Endpoint");
        var chatModel = configuration["Models:OpenAI:ChatModel"] ?? Part(connection, "Model");
        var key = configuration["Models:OpenAI:ApiKey"] ?? Part(connection, "Key") ?? configuration["OPENAI_API_KEY"];

        var name = configuration["Models:Provider"]
            ?? (string.IsNullOrEmpty(key) && string.IsNullOrEmpty(endpoint) ? "local" : "openai");
        if (name == "local")
        {
            return new ModelProvider(name, null, null, null);
        }

        var apiKey = string.IsNullOrEmpty(key) ? null : builder.AddParameter("openai-api-key", () => key, secret: true);
        return new ModelProvider(name, endpoint, chatModel, apiKey);
    }

    public static IResourceBuilder<ProjectResource> WithModelProvider(this IResourceBuilder<ProjectResource> service, ModelProvider models)
    {
        service.WithEnvironment("Models__Provider", models.Name);
        if (models.Endpoint is not null)
        {
            service.WithEnvironment("Models__OpenAI__Endpoint", models.Endpoint);
        }

        if (models.ChatModel is not null)
        {
            service.WithEnvironment("Models__OpenAI__ChatModel", models.ChatModel);
        }

        return models.ApiKey is null ? service : service.WithEnvironment("Models__OpenAI__ApiKey", models.ApiKey);
    }

    private static string? Part(DbConnectionStringBuilder connection, string key) =>
        connection.TryGetValue(key, out var value) ? value.ToString() : null;
}
