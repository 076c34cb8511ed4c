using System.ComponentModel.DataAnnotations;

namespace AiApp.Rag.Storage;

/// <summary>For whom a process works with the database.</summary>
public enum StorageRole
{
    /// <summary>For the caller of each request: nothing is seen until a transaction says who that is.</summary>
    Application,

    /// <summary>For nobody in particular: ingestion, housekeeping, evaluation.</summary>
    Worker,
}

public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The role of processes that serve callers: it owns nothing, and sees what the caller may read. The migrator makes it.</summary>
    [Required]
    public string ApplicationRole { get; set; } = "aiapp_app";

    /// <summary>The role of background work, which serves no caller: it owns nothing, and sees every document.</summary>
    [Required]
    public string WorkerRole { get; set; } = "aiapp_worker";

    [Range(1, 600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    internal string RoleFor(StorageRole role) => role switch
    {
        StorageRole.Application => ApplicationRole,
        StorageRole.Worker => WorkerRole,
    };
}
