using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models;

namespace AiApp.Rag.Retrieval.Reranking;

/// <summary>A model that judges candidates once more. Question and texts are sent to its endpoint.</summary>
public sealed class RerankerOptions : IValidatableObject
{
    public const string Section = "Retrieval:Reranker";

    /// <summary>Address of a <c>/rerank</c> route as Cohere, Jina, vLLM and Text Embeddings Inference speak it. Unset: none.</summary>
    public string? Endpoint { get; set; }
    public string Model { get; set; } = "";

    /// <summary>None: it costs nothing, and no budget bounds it.</summary>
    public List<PriceOptions> Prices { get; set; } = [];
    public string ApiKey { get; set; } = "";

    /// <summary>Candidates that are judged, from the best.</summary>
    [Range(2, 200)]
    public int Depth { get; set; } = 40;

    /// <summary>After this long the order of fusion stays.</summary>
    [Range(50, 30_000)]
    public int TimeoutMs { get; set; } = 2000;

    /// <summary>Share of the reranker's relevance in the score; the fused score has the rest.</summary>
    [Range(0.0, 1.0)]
    public double Weight { get; set; } = 1;

    internal bool IsOn => !string.IsNullOrEmpty(Endpoint);

    /// <summary>In telemetry and the ledger.</summary>
    internal string Provider => new Uri(Endpoint!).Host;
    internal string ModelName => Model.Length > 0 ? Model : "rerank";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Endpoint) && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return new("Retrieval:Reranker:Endpoint must be an http(s) address such as https://api.jina.ai/v1/rerank; leave it out for none.");
        }
        foreach (var problem in Prices.SelectMany(price => price.Validate(Section)))
        {
            yield return problem;
        }
    }
}
