using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>
/// Refuses at once while its model is left alone: no other model has vectors of the same space. The call that comes when a probe is
/// due is the probe.
/// </summary>
internal sealed class BreakerEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, CircuitBreaker breaker)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (breaker.IsOpen && !breaker.TryProbe())
        {
            throw new ModelProviderException(
                ModelFailureCodes.Error, "The embedding model has failed repeatedly and is left alone for a moment.", null, breaker.ProbeIn) { IsTransient = false };
        }
        try
        {
            var embeddings = await base.GenerateAsync(values, options, cancellationToken);
            breaker.Succeeded();
            return embeddings;
        }
        catch (ModelProviderException failure) when (!failure.IsOfTheRequest)
        {
            breaker.Failed(failure.RetryAfter, failure.Code);
            throw;
        }
        catch
        {
            breaker.ProbeEnded();
            throw;
        }
    }
}
