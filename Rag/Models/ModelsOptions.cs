using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Models;

public sealed class ModelsOptions : IValidatableObject
{
    public const string Section = "Models";
    public const string Local = "local";
    public const string OpenAICompatible = "openai";

    /// <summary>Who writes answers: "local" (extractive, no key) or "openai" (any OpenAI-compatible endpoint).</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:Provider must be 'local' or 'openai'.")]
    public string Provider { get; set; } = Local;

    /// <summary>Who makes the embeddings of a first installation; later a model takes over by 'spaces fill' and 'spaces swap'.</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:EmbeddingProvider must be 'local' or 'openai'.")]
    public string EmbeddingProvider { get; set; } = Local;

    public OpenAIOptions OpenAI { get; set; } = new();

    /// <summary>More embedding models by names of your choice: while one takes over from another, both must be known.</summary>
    public Dictionary<string, EmbeddingOptions> Embeddings { get; set; } = [];

    /// <summary>Bound on one model call, its whole stream included.</summary>
    [Range(1, 600, ErrorMessage = "Models:TimeoutSeconds must be between 1 and 600.")]
    public int TimeoutSeconds { get; set; } = 90;

    internal EmbeddingOptions PreferredEmbedding => EmbeddingProvider == OpenAICompatible
        ? new() { Provider = OpenAICompatible, Model = OpenAI.EmbeddingModel, Dimensions = OpenAI.EmbeddingDimensions }
        : new() { Model = LocalEmbeddingGenerator.ModelId, Dimensions = LocalEmbeddingGenerator.Models[LocalEmbeddingGenerator.ModelId] };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. Provider == OpenAICompatible || EmbeddingProvider == OpenAICompatible ? OpenAI.Validate() : [],
        .. Embeddings.SelectMany(model => model.Value.Validate(model.Key, OpenAI)),
    ];
}

public sealed class OpenAIOptions
{
    public string Endpoint { get; set; } = "https://api.openai.com/v1";
    public string ApiKey { get; set; } = "";
    public string ChatModel { get; set; } = "gpt-4.1-mini";
    public string EmbeddingModel { get; set; } = "text-embedding-3-small";
    public int EmbeddingDimensions { get; set; } = 1536;

    internal IEnumerable<ValidationResult> Validate()
    {
        if (!EmbeddingOptions.IsEndpoint(Endpoint))
        {
            yield return new("Models:OpenAI:Endpoint must be an http(s) address such as https://api.openai.com/v1.");
        }
        if (string.IsNullOrWhiteSpace(ApiKey))
        {
            yield return new("Models:OpenAI:ApiKey is missing: set it (servers without keys accept any word) or set Models:Provider to 'local'.");
        }
        if (EmbeddingDimensions is < 1 or > EmbeddingOptions.MaxDimensions)
        {
            yield return new("Models:OpenAI:EmbeddingDimensions must be between 1 and 4000, the limit of an HNSW index over halfvec.");
        }
    }
}
