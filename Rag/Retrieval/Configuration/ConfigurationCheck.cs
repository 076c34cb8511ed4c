using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Configuration;

/// <summary>A configuration that cannot be used stops the process at its start, not its first question.</summary>
internal sealed class ConfigurationCheck(IEmbeddingGenerator<string, Embedding<float>> embeddings) : IValidateOptions<RetrievalOptions>
{
    public ValidateOptionsResult Validate(string? name, RetrievalOptions options)
    {
        if (options.ConfigurationFile is not { Length: > 0 } path)
        {
            return ValidateOptionsResult.Success;
        }
        var (configuration, problem) = ConfigurationFile.Read(path);
        if (configuration is null)
        {
            return ValidateOptionsResult.Fail(problem!);
        }
        return ModelOf(embeddings) is { } model && configuration.EmbeddingModel != model && configuration.EmbeddingModel != RetrievalConfiguration.AnyModel
            ? ValidateOptionsResult.Fail(
                $"The retrieval configuration '{path}' was fitted for the embedding model '{configuration.EmbeddingModel}', but '{model}' is configured. "
                + $"Fit one with 'Evals tune', or unset Retrieval:ConfigurationFile to use the built-in one.")
            : ValidateOptionsResult.Success;
    }

    internal static string? ModelOf(IEmbeddingGenerator<string, Embedding<float>> embeddings) =>
        (embeddings.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId;
}
