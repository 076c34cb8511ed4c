using AiApp.Rag.Gateway;
using AiApp.Rag.Models;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AiApp.Rag.Retrieval.Vector;

/// <summary>Chunks near the question, by cosine similarity of embeddings.</summary>
internal sealed partial class VectorLeg(VectorStore store, EmbeddingSpaces spaces, EmbeddingModels models, ILogger<VectorLeg> logger)
{
    /// <summary>Best first, and the space that was searched.</summary>
    public async Task<VectorResult> SearchAsync(SearchScope scope, string question, int depth, StageWatch watch, CancellationToken ct)
    {
        try
        {
            var searched = SearchedSpaces.Choose(scope.Spaces.Count > 0 ? scope.Spaces : await spaces.ListAsync(ct), models);
            return await SearchAsync(searched, scope, question, depth, watch, ct);
        }
        catch (PostgresException dropped) when (dropped.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // A space was dropped between the look at the spaces and the search.
            var searched = SearchedSpaces.Choose(await spaces.ListAsync(ct), models);
            return await SearchAsync(searched, scope, question, depth, watch, ct);
        }
    }

    private async Task<VectorResult> SearchAsync(
        IReadOnlyList<SearchedSpace> searched, SearchScope scope, string question, int depth, StageWatch watch, CancellationToken ct)
    {
        if (searched.Count == 0)
        {
            NoModel();
            return VectorResult.None;
        }
        var embeddings = await watch.MeasureAsync("embed", () => Task.WhenAll(searched.Select(
            target => target.Model.Generator.GenerateVectorAsync(question, CallOptions.Embedding(scope.Bearer), ct))));
        var hits = await watch.MeasureAsync("vector", () => Task.WhenAll(searched.Zip(embeddings,
            (target, embedding) => store.SearchAsync(scope, target.Space, embedding, depth, ct))));
        return new(searched[0].Space, hits.Length == 1 ? hits[0] : DualRead.Merge(hits[0], hits[1], depth)) { Question = embeddings[0] };
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "No embedding space is searched: the configuration names no model of any. Set Models:Embeddings, or fill and swap to a model that it names")]
    private partial void NoModel();
}

/// <summary>What the vector leg found, and in which space; none when no space can be searched.</summary>
internal sealed record VectorResult(EmbeddingSpace? Space, IReadOnlyList<LegHit> Hits)
{
    /// <summary>The question's embedding in the space.</summary>
    public ReadOnlyMemory<float> Question { get; init; }

    /// <summary>The model of the space; empty when none was searched.</summary>
    public string Model => Space?.Model ?? "";

    public static VectorResult None { get; } = new(null, []);
}
