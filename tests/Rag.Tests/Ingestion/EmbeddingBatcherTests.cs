using AiApp.Rag.Ingestion.Embedding;
using AiApp.Rag.Models;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Tests.Ingestion;

public sealed class EmbeddingBatcherTests
{
    [Fact]
    public async Task Equal_texts_are_embedded_once_in_batches_of_64()
    {
        var generator = new Recorded(text => [text.Length, 1]);
        var texts = Enumerable.Range(0, 300).Select(i => new string('x', (i % 100) + 1)).ToArray();

        var vectors = await EmbeddingBatcher.EmbedAsync(Model(generator), new(new(1)), texts, CancellationToken.None);

        Assert.Equal([64, 36], generator.Batches);
        Assert.Equal(vectors[5], vectors[105]);
        Assert.NotEqual(vectors[5], vectors[6]);
    }

    [Fact]
    public async Task Large_vectors_fit_half_precision_by_their_direction()
    {
        var vectors = await EmbeddingBatcher.EmbedAsync(Model(new Recorded(_ => [300_000, 400_000])), new(new(1)), ["a"], CancellationToken.None);
        Assert.Equal([(Half)0.6, (Half)0.8], vectors[0]);
    }

    [Theory]
    [InlineData(new float[] { 1 })]
    [InlineData(new[] { 1, float.NaN })]
    [InlineData(new[] { float.PositiveInfinity, 1 })]
    public async Task A_vector_of_the_wrong_size_or_not_finite_is_refused(float[] vector) =>
        await Assert.ThrowsAsync<EmbeddingOutputException>(() => EmbeddingBatcher.EmbedAsync(Model(new Recorded(_ => vector)), new(new(1)), ["a"], CancellationToken.None));

    private static EmbeddingModel Model(Recorded generator) => new("test", 2, generator) { Name = "test" };

    private sealed class Recorded(Func<string, float[]> embed) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<int> Batches { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var batch = values.ToList();
            Batches.Add(batch.Count);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(batch.Select(text => new Embedding<float>(embed(text)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
