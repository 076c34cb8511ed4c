using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Extraction;

public sealed class ExtractionOptions
{
    public const string Section = "Extraction";

    /// <summary>For requests that do not say how much.</summary>
    [Range(50, 32_000, ErrorMessage = "Extraction:MaxOutputTokens must be between 50 and 32000.")]
    public int MaxOutputTokens { get; set; } = 2000;
}
