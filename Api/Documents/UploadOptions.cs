using System.ComponentModel.DataAnnotations;

namespace AiApp.Api.Documents;

internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>A file is held in memory once, while it is stored.</summary>
    [Range(1_024, 1_000_000_000, ErrorMessage = "Uploads:MaxFileBytes must be between 1 KB and 1 GB, the most a Postgres column takes.")]
    public int MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    [Range(1_024, 10_000_000_000, ErrorMessage = "Uploads:MaxRequestBytes must be between 1 KB and 10 GB.")]
    public long MaxRequestBytes { get; set; } = 200 * 1024 * 1024;
}
