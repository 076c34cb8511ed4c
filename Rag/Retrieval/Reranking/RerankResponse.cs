using System.Text.Json.Serialization;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>The part of the protocol that all its speakers share.</summary>
internal sealed record RerankRequest(string Model, string Query, IReadOnlyList<string> Documents)
{
    [JsonPropertyName("top_n")]
    public int TopN => Documents.Count;

    [JsonPropertyName("return_documents")]
    public bool ReturnDocuments => false;
}

internal sealed record RerankResponse(IReadOnlyList<RerankResult>? Results)
{
    /// <summary>A score for each of the texts between 0 and 1, or null when the response does not judge every one of them.</summary>
    public IReadOnlyList<double>? ToScores(int count)
    {
        var scores = new double?[count];
        foreach (var result in Results ?? [])
        {
            if (result.Index < 0 || result.Index >= count || !double.IsFinite(result.Score))
            {
                return null;
            }
            scores[result.Index] = Math.Clamp(result.Score, 0, 1);
        }
        return Array.TrueForAll(scores, score => score is not null) ? Array.ConvertAll(scores, score => score!.Value) : null;
    }
}

internal sealed record RerankResult(int Index, [property: JsonPropertyName("relevance_score")] double Score);
