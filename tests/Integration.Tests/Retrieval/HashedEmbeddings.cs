using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>Eight dimensions of a hash, another one for each model; counts what it embeds.</summary>
internal sealed class HashedEmbeddings(string model) : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 8;

    private readonly EmbeddingGeneratorMetadata _metadata = new("test", null, model, Dimensions);
    private int _embedded;

    public int Embedded => Volatile.Read(ref _embedded);

    /// <summary>What happens before the call that would embed more than this many texts.</summary>
    public (int Limit, Func<Task> Act)? Beyond { get; set; }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        if (Beyond is { } beyond && Embedded + texts.Count > beyond.Limit)
        {
            await beyond.Act();
        }
        Interlocked.Add(ref _embedded, texts.Count);
        return new(texts.Select(text => new Embedding<float>(Embed(text))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata : null;

    public void Dispose()
    {
    }

    private float[] Embed(string text) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(model + text)).Take(Dimensions).Select(value => (value - 127.5f) / 128)];
}
