using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

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
    /// <summary>As Jina, Voyage and vLLM say it.</summary>
    public RerankUsage? Usage { get; init; }

    /// <summary>As Cohere says it.</summary>
    public RerankMeta? Meta { get; init; }

    /// <summary>Null where the provider does not say how many tokens it has read.</summary>
    public UsageDetails? ToUsage() => (Usage?.TotalTokens ?? Meta?.Tokens?.InputTokens) is > 0 and var tokens
        ? new() { InputTokenCount = (long)Math.Min(tokens, int.MaxValue), OutputTokenCount = 0 }
        : null;

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

internal sealed record RerankUsage([property: JsonPropertyName("total_tokens")] double? TotalTokens);

internal sealed record RerankMeta(RerankTokens? Tokens);

internal sealed record RerankTokens([property: JsonPropertyName("input_tokens")] double? InputTokens);
