using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Retrieval.Vector;

public sealed class VectorOptions
{
    public const string Section = "Retrieval:Vector";

    /// <summary>Up to this many permitted chunks of 384 dimensions every vector is compared; fewer with more dimensions. The default is measured, see docs/adr/0013.</summary>
    [Range(0, 10_000_000)]
    public int ExactUpToChunks { get; set; } = 25_000;

    /// <summary>Candidate list of the distance index up to 250,000 vectors; it grows with larger tables.</summary>
    [Range(10, 1000)]
    public int EfSearch { get; set; } = 120;
}
