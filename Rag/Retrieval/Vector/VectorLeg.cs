using Microsoft.Extensions.AI;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>Chunks near the question in the embedding space, by cosine similarity.</summary>
internal sealed class VectorLeg(VectorStore store, EmbeddingSpaces spaces, IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    /// <summary>Best first, and the model whose space was searched.</summary>
    public async Task<VectorResult> SearchAsync(SearchScope scope, string question, int depth, StageWatch watch, CancellationToken ct)
    {
        var space = await spaces.GetCurrentAsync(ct);
        var embedding = await watch.MeasureAsync("embed", () => embeddings.GenerateVectorAsync(question, cancellationToken: ct));
        var hits = await watch.MeasureAsync("vector", () => store.SearchAsync(scope, space, embedding, depth, ct));
        return new(space.Model, hits);
    }
}

internal sealed record VectorResult(string Model, IReadOnlyList<LegHit> Hits);
