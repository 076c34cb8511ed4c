using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Models.Local;

namespace AiApp.Rag.Retrieval;

public sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    /// <summary>Chunks each leg returns before fusion.</summary>
    [Range(10, 1000)]
    public int LegDepth { get; set; } = 50;

    /// <summary>
    /// Share of the lexical leg in the fused score; the vector leg has the rest. Unset: what fits the embedding model, see
    /// <see cref="LexicalWeightFor"/>.
    /// </summary>
    [Range(0.0, 1.0)]
    public double? LexicalWeight { get; set; }

    /// <summary>Chunks the rarest lexemes may bring into the first round of the lexical leg.</summary>
    [Range(100, 1_000_000)]
    public int CandidateBudget { get; set; } = 5000;

    /// <summary>The local vectors are made of words themselves and add little to BM25 (docs/adr/0010); a model's count as much as words.</summary>
    public double LexicalWeightFor(string? embeddingModel) =>
        LexicalWeight ?? (embeddingModel is not null && LocalEmbeddingGenerator.Models.ContainsKey(embeddingModel) ? 0.95 : 0.5);
}
