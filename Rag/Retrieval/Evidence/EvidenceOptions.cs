using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>How found chunks become passages (docs/adr/0015).</summary>
public sealed class EvidenceOptions
{
    public const string Section = "Retrieval:Evidence";

    /// <summary>Factor on the score of a text that is not valid at the time the question is about.</summary>
    [Range(0.0, 1.0)]
    public double OutdatedFactor { get; set; } = 0.55;

    /// <summary>Share of a text's wording that a better one must hold for it to be a duplicate.</summary>
    [Range(0.5, 1.0)]
    public double DuplicateShare { get; set; } = 0.9;

    /// <summary>Chunks of one document that keep their whole score.</summary>
    [Range(1, 50)]
    public int FreePerDocument { get; set; } = 3;

    /// <summary>Factor on each further chunk of the same document; 1 lets one document fill every place.</summary>
    [Range(0.1, 1.0)]
    public double RepeatFactor { get; set; } = 0.9;

    /// <summary>The best passages that neighbours of their section may be added to.</summary>
    [Range(0, 50)]
    public int Neighbours { get; set; } = 3;

    /// <summary>Estimated tokens of all passages together, for each passage asked for; as large as a chunk by default.</summary>
    [Range(64, 4096)]
    public int TokensPerPassage { get; set; } = 320;

    /// <summary>Up to this size, estimated tokens, adjacent chunks become one passage.</summary>
    [Range(64, 16_384)]
    public int LongestPassageTokens { get; set; } = 960;
}
