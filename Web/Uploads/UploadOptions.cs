using System.ComponentModel.DataAnnotations;

namespace AiApp.Web.Uploads;

/// <summary>Uploads through this site. Section <c>Uploads</c>.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>Largest file that is passed on; the Api has a limit of its own.</summary>
    [Range(1, 2_000_000_000)]
    public long MaxFileBytes { get; set; } = 100_000_000;

    /// <summary>How many files the browser sends in one request.</summary>
    [Range(1, 50)]
    public int FilesPerBatch { get; set; } = 8;

    /// <summary>A batch is closed earlier when it has grown to this.</summary>
    [Range(1, 2_000_000_000)]
    public long BytesPerBatch { get; set; } = 8_000_000;
}
