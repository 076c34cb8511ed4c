using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Configuration;

/// <summary>The configuration of each embedding model: single options win over the file, and the file over what is built in.</summary>
internal sealed class RetrievalConfigurations(IOptions<RetrievalOptions> options, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    private readonly ConcurrentDictionary<string, RetrievalConfiguration> _byModel = new(StringComparer.Ordinal);
    private readonly RetrievalOptions _options = options.Value;

    /// <summary>Of the model that embeds documents.</summary>
    public RetrievalConfiguration Preferred => For(ConfigurationCheck.ModelOf(embeddings) ?? RetrievalConfiguration.AnyModel);

    public RetrievalConfiguration For(string embeddingModel) => _byModel.GetOrAdd(embeddingModel, Create);

    private RetrievalConfiguration Create(string embeddingModel)
    {
        var file = _options.ConfigurationFile is { Length: > 0 } path ? ConfigurationFile.Read(path).Configuration : null;
        var configuration = file is not null && file.EmbeddingModel is var model && (model == embeddingModel || model == RetrievalConfiguration.AnyModel)
            ? file
            : ConfigurationFile.BuiltIn(embeddingModel);
        var (weight, depth) = (_options.LexicalWeight ?? configuration.LexicalWeight, _options.LegDepth ?? configuration.LegDepth);
        return (weight, depth) == (configuration.LexicalWeight, configuration.LegDepth)
            ? configuration
            // Not what was fitted any more.
            : configuration with { LexicalWeight = weight, LegDepth = depth, CreatedAt = null, FittedOn = [] };
    }
}
