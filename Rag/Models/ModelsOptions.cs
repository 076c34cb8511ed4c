using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Gateway;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Models;

public sealed class ModelsOptions : IValidatableObject
{
    public const string Section = "Models";
    public const string Local = "local";
    public const string OpenAICompatible = "openai";

    /// <summary>Those with a route of chat models.</summary>
    internal static readonly IReadOnlyList<string> Steps = ["answer", "rewrite", "repair", "judge", "extract", "agent"];

    /// <summary>Who writes answers: "local" (extractive, no key) or "openai" (any OpenAI-compatible endpoint).</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:Provider must be 'local' or 'openai'.")]
    public string Provider { get; set; } = Local;

    /// <summary>Who makes the embeddings of a first installation; later a model takes over by 'spaces fill' and 'spaces swap'.</summary>
    [RegularExpression("^(local|openai)$", ErrorMessage = "Models:EmbeddingProvider must be 'local' or 'openai'.")]
    public string EmbeddingProvider { get; set; } = Local;

    /// <summary>The short way to one endpoint with one chat model and one embedding model.</summary>
    public OpenAIOptions OpenAI { get; set; } = new();

    /// <summary>Endpoints by names of your choice. "openai" is that of <see cref="OpenAI"/> unless it is given here.</summary>
    public Dictionary<string, ProviderOptions> Providers { get; set; } = [];

    /// <summary>Chat models by names of your choice. "local" quotes sentences without a model.</summary>
    public Dictionary<string, ChatModelOptions> Chat { get; set; } = [];

    /// <summary>Tokenizers by names of your choice, for models whose rank file is published.</summary>
    public Dictionary<string, TokenizerOptions> Tokenizers { get; set; } = [];

    /// <summary>
    /// For each step (answer, rewrite, repair, judge, extract, agent) the chat models in the order in which they are tried. Without one,
    /// <see cref="Provider"/> says who answers; the other steps go the way of answers, but nobody judges unless a route says who.
    /// </summary>
    public Dictionary<string, List<string>> Routes { get; set; } = [];

    /// <summary>More embedding models by names of your choice: while one takes over from another, both must be known.</summary>
    public Dictionary<string, EmbeddingOptions> Embeddings { get; set; } = [];

    /// <summary>Whether the step has one of its own.</summary>
    internal bool HasRoute(ModelStep step) => Routes.Keys.Any(key => key.Equals(step.Word(), StringComparison.OrdinalIgnoreCase));

    internal IReadOnlyDictionary<string, ProviderOptions> AllProviders => Providers.ContainsKey(OpenAICompatible)
        ? Providers
        : new Dictionary<string, ProviderOptions>(Providers) { [OpenAICompatible] = OpenAI.ToProvider() };

    internal IReadOnlyDictionary<string, ChatModelOptions> AllChatModels => Chat.ContainsKey(OpenAI.ChatModel)
        ? Chat
        : new Dictionary<string, ChatModelOptions>(Chat)
        {
            // Tools are part of the protocol; a server that lacks them says so when it is first given some.
            [OpenAI.ChatModel] = new() { Provider = OpenAICompatible, Abilities = ["tools"] },
        };

    internal EmbeddingOptions PreferredEmbedding => EmbeddingProvider == OpenAICompatible
        // The section may say its prices.
        ? Embeddings.Values.FirstOrDefault(known => (known.Provider, known.Model, known.Dimensions) == (OpenAICompatible, OpenAI.EmbeddingModel, OpenAI.EmbeddingDimensions))
            ?? new() { Provider = OpenAICompatible, Model = OpenAI.EmbeddingModel, Dimensions = OpenAI.EmbeddingDimensions }
        : new() { Model = LocalEmbeddingGenerator.ModelId, Dimensions = LocalEmbeddingGenerator.Models[LocalEmbeddingGenerator.ModelId] };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. UsesShortWay ? OpenAI.Validate() : [],
        .. Providers.SelectMany(provider => provider.Value.Validate(provider.Key)),
        .. Tokenizers.SelectMany(tokenizer => tokenizer.Value.Validate(tokenizer.Key)),
        .. Chat.SelectMany(model => model.Value.Validate(model.Key, AllProviders.Keys, Tokenizers.Keys)),
        .. Routes.SelectMany(route => ValidateRoute(route.Key, route.Value)),
        .. Embeddings.SelectMany(model => model.Value.Validate(model.Key, this)),
    ];

    private bool UsesShortWay => (Provider == OpenAICompatible || EmbeddingProvider == OpenAICompatible) && !Providers.ContainsKey(OpenAICompatible);

    private IEnumerable<ValidationResult> ValidateRoute(string step, List<string> models)
    {
        if (!Steps.Contains(step, StringComparer.OrdinalIgnoreCase))
        {
            yield return new($"Models:Routes has '{step}': known steps are {string.Join(", ", Steps)}.");
        }
        if (models.Count == 0)
        {
            yield return new($"Models:Routes:{step} names no model.");
        }
        foreach (var unknown in models.Where(model => model != Local && !AllChatModels.ContainsKey(model)))
        {
            yield return new($"Models:Routes:{step} has '{unknown}', which is neither a key of Models:Chat nor 'local'.");
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

    internal ProviderOptions ToProvider() => new() { Endpoint = Endpoint, ApiKey = ApiKey };

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
