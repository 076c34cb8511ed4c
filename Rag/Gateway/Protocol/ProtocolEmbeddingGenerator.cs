using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Protocol;

/// <summary>Every failure of the provider becomes a <see cref="ModelProviderException"/>.</summary>
internal sealed class ProtocolEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, string provider)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GenerateAsync(values, options, cancellationToken);
        }
        catch (Exception failure) when (ProviderFailures.IsOfTheProvider(failure, cancellationToken))
        {
            throw ProviderFailures.Translate(failure, provider, begun: false);
        }
    }
}
