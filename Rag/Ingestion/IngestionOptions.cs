using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Ingestion;

/// <summary>How long a worker waits for what must not hold others up.</summary>
internal sealed class IngestionOptions
{
    public const string Section = "Ingestion";

    /// <summary>A document that takes longer to read is published alone. Far more than one needs that is small enough for a group.</summary>
    [Range(0.1, 600, ErrorMessage = "Ingestion:ReadSeconds must be between 0.1 and 600.")]
    public double ReadSeconds { get; set; } = 2;

    /// <summary>What an attempt that ends has read is kept for the next within this time, or else read again.</summary>
    [Range(0.1, 600, ErrorMessage = "Ingestion:KeepSeconds must be between 0.1 and 600.")]
    public double KeepSeconds { get; set; } = 2;

    /// <summary>What a shutdown stops is given back within this time, keeping what was read included, or else when its lease ends.</summary>
    [Range(0.1, 600, ErrorMessage = "Ingestion:ReleaseSeconds must be between 0.1 and 600.")]
    public double ReleaseSeconds { get; set; } = 5;

    internal TimeSpan Read => TimeSpan.FromSeconds(ReadSeconds);
    internal TimeSpan Keep => TimeSpan.FromSeconds(KeepSeconds);
    internal TimeSpan Release => TimeSpan.FromSeconds(ReleaseSeconds);
}
