using Microsoft.Extensions.Options;

namespace AiApp.Rag.Sources;

/// <summary>Secrets of the configuration by name. They are read when they are used, and stand in no table, log or report.</summary>
internal sealed class Secrets(IOptionsMonitor<SourcesOptions> options)
{
    /// <summary>Null when no secret is named.</summary>
    /// <exception cref="SourceException">There is none of this name.</exception>
    public string? Find(string? name) =>
        name is null ? null
        : options.CurrentValue.Secrets.TryGetValue(name, out var secret) && secret.Length > 0 ? secret
        : throw new SourceException(SourceCodes.Validation, $"There is no secret '{name}': whoever runs the services sets Sources__Secrets__{name} for the Api and the Ingestor.", setting: "secret");
}
