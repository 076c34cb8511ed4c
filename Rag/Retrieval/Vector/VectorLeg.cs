using Microsoft.Extensions.AI;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>Chunks near the question in the embedding space, by cosine similarity.</summary>
internal sealed class VectorLeg(VectorStore store, EmbeddingSpaces spaces, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    /// <summary>Best first, and the space that was searched.</summary>
    public async Task<VectorResult> SearchAsync(SearchScope scope, string question, int depth, StageWatch watch, CancellationToken ct)
    {
        var space = await spaces.GetCurrentAsync(ct);
        var embedding = await watch.MeasureAsync("embed", () => embeddings.GenerateVectorAsync(question, cancellationToken: ct));
        var hits = await watch.MeasureAsync("vector", () => store.SearchAsync(scope, space, embedding, depth, ct));
        return new(space, hits) { Question = embedding };
    }
}

internal sealed record VectorResult(EmbeddingSpace Space, IReadOnlyList<LegHit> Hits)
{
    /// <summary>The question's embedding in the space.</summary>
    public required ReadOnlyMemory<float> Question { get; init; }
}
