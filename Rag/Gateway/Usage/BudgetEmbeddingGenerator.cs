using AiApp.Rag.Gateway.Usage.Tokens;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Gateway.Usage;

/// <summary>Reserves what each call may cost at worst, and settles what it has cost.</summary>
internal sealed class BudgetEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, CallMeter meter)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> texts = [.. values];
        using var call = await meter.BeginAsync(
            options.Request(), attempt: null, PromptSize.Of(texts), outputTokens: 0, TimeSpan.MaxValue, cancellationToken);
        try
        {
            var embeddings = await base.GenerateAsync(texts, options, cancellationToken);
            call.Used(embeddings.Usage);
            call.End(ModelFailureCodes.Ok);
            return embeddings;
        }
        catch (Exception failure)
        {
            call.End(ModelFailureCodes.Of(failure));
            throw;
        }
    }
}
