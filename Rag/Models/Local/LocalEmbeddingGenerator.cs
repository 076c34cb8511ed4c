using System.Collections.Frozen;
using System.Numerics.Tensors;
using AiApp.Rag.Text;
using Microsoft.Extensions.AI;

namespace AiApp.Rag.Models.Local;

/// <summary>
/// Embeddings without a model: signed hashes of word stems and character n-grams, weighted by how much a word says, scaled
/// to length 1. Lexical, not semantic; the same in every process and on every machine.
/// </summary>
internal sealed class LocalEmbeddingGenerator(string model = LocalEmbeddingGenerator.ModelId) : IEmbeddingGenerator<string, Embedding<float>>
{
    public const string ModelId = "local-hashed-1";
    private const int DefaultDimensions = 384;

    /// <summary>Dimensions by model. The smaller one trades recall for a third of the memory, and lets a change of model be tried without a key.</summary>
    public static FrozenDictionary<string, int> Models { get; } =
        new Dictionary<string, int> { [ModelId] = DefaultDimensions, ["local-hashed-256"] = 256 }.ToFrozenDictionary();

    // Measured with Evals retrieval on four public sets: n-grams beside stems add 2 to 8 points of nDCG@10, at twice their
    // weight the most; pairs of words add none, and n-grams of 3 or 5 letters less than those of 4.
    private const float GramShare = 2f;
    private const int GramLength = 4;

    private readonly EmbeddingGeneratorMetadata _metadata = new(ModelsOptions.Local, null, model, Models[model]);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value, Models[model])) { ModelId = model });
        }
        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    internal static float[] Embed(string text, int dimensions = DefaultDimensions)
    {
        var vector = new float[dimensions];
        foreach (var (word, count) in Words.Split(text).CountBy(word => word))
        {
            // Sublinear in the count, as in BM25: the tenth mention says little more than the third.
            var weight = Words.Weight(word) * (1 + MathF.Log(count));
            var stem = Words.Stem(word);
            Add(vector, stem, 1, weight);
            AddGrams(vector, stem, weight * GramShare);
        }
        var length = TensorPrimitives.Norm<float>(vector);
        if (length == 0)
        {
            // Cosine distance is undefined for a zero vector, and pgvector would order it at random.
            vector[0] = 1;
            return vector;
        }
        TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private static void AddGrams(float[] vector, string stem, float weight)
    {
        var count = stem.Length - GramLength + 1;
        for (var i = 0; i < count; i++)
        {
            Add(vector, stem.AsSpan(i, GramLength), 2, weight / MathF.Sqrt(count));
        }
    }

    private static void Add(float[] vector, ReadOnlySpan<char> feature, ulong seed, float weight)
    {
        var hash = StableHash.Of(feature, seed);
        vector[(int)(hash % (ulong)vector.Length)] += (hash & (1UL << 63)) == 0 ? weight : -weight;
    }
}
