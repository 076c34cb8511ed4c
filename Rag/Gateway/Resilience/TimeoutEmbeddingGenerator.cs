using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Resilience;

/// <summary>Gives up a provider that is silent.</summary>
internal sealed class TimeoutEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, CallTimeouts timeouts, TimeProvider clock)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(timeouts.Whole, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await base.GenerateAsync(values, options, either.Token);
        }
#pragma warning disable CA1031 // What is stopped in the middle may end with any exception.
        catch (Exception failure) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new ModelProviderException(ModelFailureCodes.Timeout, "The embedding model did not answer in time.", failure);
        }
    }
}
