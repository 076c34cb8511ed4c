using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Models;

public sealed class ModelsOptions : IValidatableObject
{
    public const string Section = "Models";
    public const string Local = "local";
    public const string OpenAICompatible = "openai";

    /// <summary>Who writes answers: "local" (extractive, no key) or "openai" (any OpenAI-compatible endpoint).</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:Provider must be 'local' or 'openai'.")]
    public string Provider { get; set; } = Local;

    /// <summary>Who makes embeddings. Changing it means ingesting again: vectors of two models do not compare.</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:EmbeddingProvider must be 'local' or 'openai'.")]
    public string EmbeddingProvider { get; set; } = Local;

    public OpenAIOptions OpenAI { get; set; } = new();

    /// <summary>Bound on one model call, its whole stream included.</summary>
    [Range(1, 600, ErrorMessage = "Models:TimeoutSeconds must be between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 90;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != OpenAICompatible && EmbeddingProvider != OpenAICompatible)
        {
            yield break;
        }
        if (!Uri.TryCreate(OpenAI.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            yield return new("Models:OpenAI:Endpoint must be an http(s) address such as https://api.openai.com/v1.");
        }
        if (string.IsNullOrWhiteSpace(OpenAI.ApiKey))
        {
            yield return new("Models:OpenAI:ApiKey is missing: set it (servers without keys accept any word) or set Models:Provider to 'local'.");
        }
        if (OpenAI.EmbeddingDimensions is < 1 or > 4000)
        {
            yield return new("Models:OpenAI:EmbeddingDimensions must be between 1 and 4000, the limit of an HNSW index over halfvec.");
        }
    }
}

public sealed class OpenAIOptions
{
    public string Endpoint { get; set; } = "https://api.openai.com/v1";
    public string ApiKey { get; set; } = "";
    public string ChatModel { get; set; } = "gpt-4.1-mini";
    public string EmbeddingModel { get; set; } = "text-embedding-3-small";
    public int EmbeddingDimensions { get; set; } = 1536;
}
