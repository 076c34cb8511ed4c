using System.Text.Json;
using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Reranking;
using AiApp.Rag.Retrieval.Vector;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Retrieval.Configuration;

/// <summary>What decides which passages are found besides the configuration of the embedding model, in one text: the same for the same settings.</summary>
internal sealed class RetrievalSettings(IOptions<EvidenceOptions> evidence, IOptions<VectorOptions> vector, IOptions<RerankerOptions> reranker)
{
    public string Text { get; } = string.Join('\n', JsonSerializer.Serialize(evidence.Value), JsonSerializer.Serialize(vector.Value), Of(reranker.Value));

    // Not its key, its prices and its patience: without its judgement an answer is degraded.
    private static string Of(RerankerOptions reranker) =>
        reranker.IsOn ? JsonSerializer.Serialize(new { reranker.Endpoint, reranker.Model, reranker.Depth, reranker.Weight }) : "";
}
