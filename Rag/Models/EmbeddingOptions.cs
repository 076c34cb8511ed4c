using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Models;

/// <summary>One embedding model.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The limit of an HNSW index over halfvec.</summary>
    public const int MaxDimensions = 4000;

    /// <summary>"local" or a key of Models:Providers, such as "openai".</summary>
    public string Provider { get; set; } = ModelsOptions.Local;

    /// <summary>The provider's own name of the model.</summary>
    public string Model { get; set; } = "";

    public int Dimensions { get; set; }
    public List<PriceOptions> Prices { get; set; } = [];

    /// <summary>A key of Models:Tokenizers; tokens are estimated when empty.</summary>
    public string Tokenizer { get; set; } = "";

    internal static bool IsEndpoint(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    internal IEnumerable<ValidationResult> Validate(string name, ModelsOptions models)
    {
        var section = $"Models:Embeddings:{name}";
        if (Provider == ModelsOptions.Local)
        {
            if (!LocalEmbeddingGenerator.Models.TryGetValue(Model, out var dimensions) || dimensions != Dimensions)
            {
                yield return new($"{section} must be one of the local models: "
                    + string.Join(", ", LocalEmbeddingGenerator.Models.Select(model => $"{model.Key} with {model.Value} dimensions")) + ".");
            }
            yield break;
        }
        if (!models.AllProviders.TryGetValue(Provider, out var provider))
        {
            yield return new($"{section}:Provider must be 'local' or a key of Models:Providers: {string.Join(", ", models.AllProviders.Keys)}.");
            yield break;
        }
        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return new($"{section}:Model is missing: set it to the provider's name of the model.");
        }
        if (Dimensions is < 1 or > MaxDimensions)
        {
            yield return new($"{section}:Dimensions must be between 1 and 4000, the limit of an HNSW index over halfvec.");
        }
        foreach (var problem in models.Providers.ContainsKey(Provider) ? [] : provider.Validate(Provider))
        {
            yield return problem;
        }
        foreach (var problem in Prices.SelectMany(price => price.Validate(section)).Concat(TokenizerOptions.ValidateUse(section, Tokenizer, models.Tokenizers.Keys)))
        {
            yield return problem;
        }
    }
}
