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

    /// <summary>How long a model may take to put sentences right that the passages do not support. 0 asks none.</summary>
    [Range(0.0, 60.0, ErrorMessage = "Answering:RepairSeconds must be between 0 and 60; 0 leaves out what does not hold without asking again.")]
    public double RepairSeconds { get; set; } = 15;

    /// <summary>How long a sentence may wait for the model of the route "judge"; without that route none does.</summary>
    [Range(0.1, 30.0, ErrorMessage = "Answering:JudgeSeconds must be between 0.1 and 30; to have no sentence judged, remove Models:Routes:judge.")]
    public double JudgeSeconds { get; set; } = 5;

    /// <summary>How long all sentences of one answer may wait for it together: the model that writes goes on only then, and its deadline runs meanwhile.</summary>
    [Range(0.1, 300.0, ErrorMessage = "Answering:JudgeTotalSeconds must be between 0.1 and 300, and well below Gateway:DeadlineSeconds.")]
    public double JudgeTotalSeconds { get; set; } = 30;
}
