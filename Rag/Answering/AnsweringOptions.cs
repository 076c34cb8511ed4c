using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Answering;

public sealed class AnsweringOptions
{
    public const string Section = "Answering";

    /// <summary>Passages shown to the model.</summary>
    [Range(1, 50)]
    public int Passages { get; set; } = 8;

    [Range(50, 32_000)]
    public int MaxOutputTokens { get; set; } = 1000;

    /// <summary>Not sent when unset: some models accept only their default.</summary>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; }
}
