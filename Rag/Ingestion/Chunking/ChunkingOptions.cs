using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Ingestion.Chunking;

public sealed class ChunkingOptions : IValidatableObject
{
    public const string Section = "Chunking";

    /// <summary>Estimated tokens, see TokenEstimate.</summary>
    [Range(64, 4096)]
    public int MaxTokensPerChunk { get; set; } = 320;

    /// <summary>Whole blocks or sentences of up to this size are repeated at the start of the section's next chunk.</summary>
    [Range(0, 1024)]
    public int OverlapTokens { get; set; }

    /// <summary>Neighbouring sections below this size share a chunk.</summary>
    [Range(0, 1024)]
    public int MinTokensPerChunk { get; set; } = 40;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OverlapTokens > MaxTokensPerChunk / 2 || MinTokensPerChunk > MaxTokensPerChunk / 2)
        {
            yield return new ValidationResult("Chunking:OverlapTokens and Chunking:MinTokensPerChunk are at most half of Chunking:MaxTokensPerChunk.");
        }
    }
}
