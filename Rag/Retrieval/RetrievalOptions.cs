using System.ComponentModel.DataAnnotations;
using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Rag.Retrieval;

public sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    /// <summary>A retrieval configuration that <c>Evals tune</c> has written. Unset: the one built in for the embedding model.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Chunks each leg returns before fusion. Unset: as configured for the embedding model.</summary>
    [Range(RetrievalConfiguration.MinLegDepth, RetrievalConfiguration.MaxLegDepth)]
    public int? LegDepth { get; set; }

    /// <summary>Share of the lexical leg in the fused score; the vector leg has the rest. Unset: as configured for the embedding model.</summary>
    [Range(0.0, 1.0)]
    public double? LexicalWeight { get; set; }
}
