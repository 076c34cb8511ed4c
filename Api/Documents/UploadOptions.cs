using System.ComponentModel.DataAnnotations;

namespace AiApp.Api.Documents;

internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>A file is held in memory once, while it is stored.</summary>
    [Range(1_048_576, 1_000_000_000, ErrorMessage = "Uploads:MaxFileBytes must be between 1 MB and 1 GB, the most a Postgres column takes.")]
    public int MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    [Range(1_048_576, 10_000_000_000, ErrorMessage = "Uploads:MaxRequestBytes must be between 1 MB and 10 GB.")]
    public long MaxRequestBytes { get; set; } = 200 * 1024 * 1024;
}
