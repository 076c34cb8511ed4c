using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Models;

/// <summary>One embedding model.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The limit of an HNSW index over halfvec.</summary>
    public const int MaxDimensions = 4000;

    /// <summary>"local" or "openai".</summary>
    public string Provider { get; set; } = ModelsOptions.Local;

    /// <summary>The provider's own name of the model.</summary>
    public string Model { get; set; } = "";

    public int Dimensions { get; set; }

    /// <summary>Models:OpenAI:Endpoint when null.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Models:OpenAI:ApiKey when null.</summary>
    public string? ApiKey { get; set; }

    internal static bool IsEndpoint(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    internal IEnumerable<ValidationResult> Validate(string name, OpenAIOptions openAI)
    {
        var section = $"Models:Embeddings:{name}";
        switch (Provider)
        {
            case ModelsOptions.Local when !LocalEmbeddingGenerator.Models.TryGetValue(Model, out var dimensions) || dimensions != Dimensions:
                yield return new($"{section} must be one of the local models: "
                    + string.Join(", ", LocalEmbeddingGenerator.Models.Select(model => $"{model.Key} with {model.Value} dimensions")) + ".");
                break;
            case ModelsOptions.Local:
                break;
            case ModelsOptions.OpenAICompatible:
                if (string.IsNullOrWhiteSpace(Model))
                {
                    yield return new($"{section}:Model is missing: set it to the provider's name of the model.");
                }
                if (Dimensions is < 1 or > MaxDimensions)
                {
                    yield return new($"{section}:Dimensions must be between 1 and 4000, the limit of an HNSW index over halfvec.");
                }
                if (!IsEndpoint(Endpoint ?? openAI.Endpoint))
                {
                    yield return new($"{section}:Endpoint must be an http(s) address such as https://api.openai.com/v1.");
                }
                if (string.IsNullOrWhiteSpace(ApiKey ?? openAI.ApiKey))
                {
                    yield return new($"{section}:ApiKey is missing: set it or Models:OpenAI:ApiKey (servers without keys accept any word).");
                }
                break;
            default:
                yield return new($"{section}:Provider must be 'local' or 'openai'.");
                break;
        }
    }
}
