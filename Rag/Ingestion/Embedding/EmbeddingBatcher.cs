using System.Numerics.Tensors;
using AiApp.Rag.Gateway;
using AiApp.Rag.Models;

namespace AiApp.Rag.Ingestion.Embedding;

/// <summary>Embeds texts in batches; equal texts once, known ones not at all. The result is in the order of the texts.</summary>
internal static class EmbeddingBatcher
{
    // Small enough for every provider's limit on tokens per request at the largest usual chunk.
    private const int MaxInputs = 64;

    /// <summary>The path is embedded with the text, as it is indexed with it: a chunk alone may not say what it is about.</summary>
    public static string InputOf(string headingPath, string text) => headingPath + "\n" + text;

    /// <exception cref="EmbeddingOutputException">The model's answer is not one finite vector of its size per text.</exception>
    public static Task<IReadOnlyList<Half[]>> EmbedAsync(EmbeddingModel model, CostBearer bearer, IReadOnlyList<string> texts, CancellationToken ct) =>
        EmbedAsync(model, bearer, texts, new Dictionary<string, Half[]>(), ct);

    /// <exception cref="EmbeddingOutputException">The model's answer is not one finite vector of its size per text.</exception>
    public static async Task<IReadOnlyList<Half[]>> EmbedAsync(
        EmbeddingModel model, CostBearer bearer, IReadOnlyList<string> texts, IReadOnlyDictionary<string, Half[]> known, CancellationToken ct)
    {
        var vectors = new Dictionary<string, Half[]>(known, StringComparer.Ordinal);
        foreach (var batch in texts.Where(text => !known.ContainsKey(text)).Distinct(StringComparer.Ordinal).Chunk(MaxInputs))
        {
            var embeddings = await model.Generator.GenerateAsync(batch, CallOptions.Embedding(bearer), ct);
            if (embeddings.Count != batch.Length)
            {
                throw new EmbeddingOutputException($"The embedding model returned {embeddings.Count} vectors for {batch.Length} texts.");
            }

            for (var i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = ToHalf(embeddings[i].Vector.Span, model.Dimensions);
            }
        }

        return [.. texts.Select(text => vectors[text])];
    }

    /// <summary>Scaled to length 1, so that no component leaves half precision's range; cosine distance does not see the scale.</summary>
    private static Half[] ToHalf(ReadOnlySpan<float> vector, int dimensions)
    {
        var length = TensorPrimitives.Norm(vector);
        if (vector.Length != dimensions || !float.IsFinite(length))
        {
            throw new EmbeddingOutputException($"The embedding model returned a vector of {vector.Length} components, or one that is not finite, instead of {dimensions}.");
        }

        var scale = length > 0 ? 1 / length : 1;
        var half = new Half[vector.Length];
        for (var i = 0; i < half.Length; i++)
        {
            half[i] = (Half)(vector[i] * scale);
        }

        return half;
    }
}

public sealed class EmbeddingOutputException(string message) : Exception(message);
