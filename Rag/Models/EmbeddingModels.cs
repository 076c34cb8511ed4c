using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Models.Local;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Models;

/// <summary>An embedding model that this process can call; its name and dimensions tell its embedding space.</summary>
public sealed record EmbeddingModel(string Model, int Dimensions, IEmbeddingGenerator<string, Embedding<float>> Generator)
{
    /// <summary>The key under Models:Embeddings, or the model's own name.</summary>
    public required string Name { get; init; }
}

/// <summary>
/// Every embedding model at hand: the registered ones, those of Models:Embeddings and the local ones. While one model takes
/// over from another, both are needed: questions are embedded by the model of the space that is searched.
/// </summary>
public sealed class EmbeddingModels(
    IEnumerable<IEmbeddingGenerator<string, Embedding<float>>> registered, IOptions<ModelsOptions> options, IServiceProvider services)
{
    private readonly Lazy<IReadOnlyList<EmbeddingModel>> _all = new(() => [.. List(registered, options.Value, services)]);

    /// <summary>Preferred first.</summary>
    /// <exception cref="InvalidOperationException">The preferred model does not say what it is.</exception>
    public IReadOnlyList<EmbeddingModel> All => _all.Value;

    /// <summary>The model of a first installation's space.</summary>
    public EmbeddingModel Preferred => All[0];

    /// <summary>Null when the configuration does not name it.</summary>
    public EmbeddingModel? Find(string model, int dimensions) =>
        All.FirstOrDefault(known => known.Model == model && known.Dimensions == dimensions);

    /// <summary>By the key of the configuration, else by the model's own name.</summary>
    public EmbeddingModel? Find(string name) =>
        All.FirstOrDefault(known => known.Name == name) ?? All.FirstOrDefault(known => known.Model == name);

    private static IEnumerable<EmbeddingModel> List(
        IEnumerable<IEmbeddingGenerator<string, Embedding<float>>> registered, ModelsOptions options, IServiceProvider services)
    {
        // The last one is what anybody gets who asks for a generator.
        foreach (var generator in registered.Reverse())
        {
            yield return Describe(generator);
        }
        foreach (var (name, model) in options.Embeddings)
        {
            yield return Describe(services.GetRequiredService<CandidateFactory>().CreateEmbeddings(model)) with { Name = name };
        }
        foreach (var model in LocalEmbeddingGenerator.Models.Keys)
        {
            yield return Describe(new LocalEmbeddingGenerator(model));
        }
    }

    private static EmbeddingModel Describe(IEmbeddingGenerator<string, Embedding<float>> generator) =>
        generator.GetService(typeof(EmbeddingGeneratorMetadata)) is EmbeddingGeneratorMetadata { DefaultModelId: { } model, DefaultModelDimensions: { } dimensions }
            ? new(model, dimensions, generator) { Name = model }
            : throw new InvalidOperationException(
                "The embedding model does not say its name and dimensions: set Models:OpenAI:EmbeddingModel and EmbeddingDimensions.");
}
