using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Retrieval.Remembering;

public sealed class RememberingOptions
{
    public const string Section = "Retrieval:Remembering";

    /// <summary>Memory of each process for what searches have found, in megabytes; 0 remembers nothing.</summary>
    [Range(0, 16_384, ErrorMessage = "Retrieval:Remembering:Megabytes must be between 0 (off) and 16384.")]
    public int Megabytes { get; set; } = 64;
}
