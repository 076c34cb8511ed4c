using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Ingestion.Filling;

public sealed class FillOptions
{
    public const string Section = "Embedding";

    /// <summary>Chunks embedded and written at a time while a space is filled.</summary>
    [Range(1, 1000)]
    public int FillBatchSize { get; set; } = 128;

    /// <summary>How long a silent worker keeps a space; each batch renews it. Longer than a batch takes with a slow model.</summary>
    [Range(1, 3600)]
    public int FillLeaseSeconds { get; set; } = 120;

    /// <summary>How often a worker looks for spaces to fill.</summary>
    [Range(100, 600_000)]
    public int FillPollMs { get; set; } = 5000;

    internal TimeSpan Lease => TimeSpan.FromSeconds(FillLeaseSeconds);
}
