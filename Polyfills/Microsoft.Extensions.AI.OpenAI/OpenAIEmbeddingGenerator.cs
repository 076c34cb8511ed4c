using OpenAI.Embeddings;
using OpenAIOptions = OpenAI.Embeddings.EmbeddingGenerationOptions;

namespace Microsoft.Extensions.AI;

internal sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingClient client;
    private readonly int? defaultDimensions;
    private readonly EmbeddingGeneratorMetadata metadata;

    public OpenAIEmbeddingGenerator(EmbeddingClient client, int? defaultModelDimensions)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (defaultModelDimensions is { } dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1, nameof(defaultModelDimensions));
        }

        this.client = client;
        defaultDimensions = defaultModelDimensions;
        metadata = new EmbeddingGeneratorMetadata("openai", client.Endpoint, client.Model, defaultModelDimensions);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var generated = (await client.GenerateEmbeddingsAsync(values, Options(options), cancellationToken)).Value;
        var now = TimeProvider.System.GetUtcNow();
        var embeddings = generated.Select(item => new Embedding<float>(item.ToFloats()) { CreatedAt = now, ModelId = generated.Model });
        return new GeneratedEmbeddings<Embedding<float>>(embeddings)
        {
            Usage = generated.Usage is { } usage
                ? new UsageDetails { InputTokenCount = usage.InputTokenCount, TotalTokenCount = usage.TotalTokenCount }
                : null,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType == typeof(EmbeddingClient) ? client
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private OpenAIOptions Options(EmbeddingGenerationOptions? options)
    {
        var result = options?.RawRepresentationFactory?.Invoke(this) as OpenAIOptions ?? new OpenAIOptions();
        result.Dimensions ??= options?.Dimensions ?? defaultDimensions;
        RequestOptions.SetModel(ref result.Patch, options?.ModelId);
        return result;
    }
}
