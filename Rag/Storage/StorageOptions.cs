using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Storage;

public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The role every pooled connection takes: it owns nothing. The migrator makes it.</summary>
    [Required]
    public string ApplicationRole { get; set; } = "aiapp_app";

    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;
}
