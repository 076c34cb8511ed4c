namespace AiApp.Contracts;

/// <summary>A source to make, to try out or to replace: exactly one of folder, git, web and azureBlob says what to list.</summary>
public sealed record SourceRequest
{
    /// <summary>Unique; without a slash. The documents of a folder, a repository or a container stand below it.</summary>
    public required string Name { get; init; }

    /// <summary><c>default</c> when unset; stays as it was made.</summary>
    public string? Collection { get; init; }

    /// <summary>Who may read new documents, and sees the source; everyone when unset. Whoever sends it must be one of them.</summary>
    public IReadOnlyList<string>? Readers { get; init; }

    /// <summary>Pause between two runs, 10 seconds to 31 days; 15 minutes when unset.</summary>
    public int? IntervalSeconds { get; init; }

    /// <summary>True when unset.</summary>
    public bool? Enabled { get; init; }
    public FolderSourceDto? Folder { get; init; }
    public GitSourceDto? Git { get; init; }
    public WebSourceDto? Web { get; init; }
    public AzureBlobSourceDto? AzureBlob { get; init; }
}

/// <summary>A folder below one of the roots that the service is configured with.</summary>
public sealed record FolderSourceDto
{
    public required string Path { get; init; }
}

public sealed record GitSourceDto
{
    /// <summary>An https address, or the full path of a repository below one of the roots.</summary>
    public required string Repository { get; init; }
    public string? Branch { get; init; }

    /// <summary>Only what is below this folder of the repository.</summary>
    public string? Folder { get; init; }

    /// <summary>Such as <c>docs/**/*.md</c>; everything when empty.</summary>
    public IReadOnlyList<string>? Include { get; init; }
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>The name of a secret in the configuration of the services, never the secret.</summary>
    public string? Secret { get; init; }
}

public sealed record WebSourceDto
{
    public IReadOnlyList<string>? Urls { get; init; }
    public IReadOnlyList<string>? Sitemaps { get; init; }

    /// <summary>Hosts besides those of the addresses above that pages of a sitemap may stand on.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }
    public int? MaxPages { get; init; }
}

public sealed record AzureBlobSourceDto
{
    /// <summary>Such as <c>https://acme.blob.core.windows.net</c>; unset when the secret is a connection string.</summary>
    public string? AccountUrl { get; init; }
    public required string Container { get; init; }
    public string? Prefix { get; init; }

    /// <summary>The name of a connection string or a SAS in the configuration of the services; their own identity when unset.</summary>
    public string? Secret { get; init; }
}

public sealed record SourceDto
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>folder, git, web or azure_blob.</summary>
    public required string Kind { get; init; }
    public required string Collection { get; init; }
    public required IReadOnlyList<string> Readers { get; init; }
    public required int IntervalSeconds { get; init; }
    public required bool Enabled { get; init; }

    /// <summary>One of <see cref="SourceStates"/>.</summary>
    public required string State { get; init; }
    /// <summary>Somebody asked for a run that has not begun.</summary>
    public bool Requested { get; init; }

    /// <summary>So many deletions were let go, and are made by the next run.</summary>
    public int? ConfirmedDeletions { get; init; }
    public required DateTimeOffset NextRunAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Documents that it has made.</summary>
    public required int DocumentCount { get; init; }
    public SourceRunDto? LastRun { get; init; }
    public FolderSourceDto? Folder { get; init; }
    public GitSourceDto? Git { get; init; }
    public WebSourceDto? Web { get; init; }
    public AzureBlobSourceDto? AzureBlob { get; init; }
}

public static class SourceStates
{
    public const string Idle = "idle";
    public const string Running = "running";

    /// <summary>Deletions wait for a person.</summary>
    public const string Held = "held";
    public const string Disabled = "disabled";
    public const string Removing = "removing";
}

/// <summary>One comparison of a source with its documents.</summary>
public sealed record SourceRunDto
{
    public required long Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>completed, partial, failed, held or interrupted; null while it runs.</summary>
    public string? Outcome { get; init; }
    public required int Listed { get; init; }
    public required int Added { get; init; }
    public required int Changed { get; init; }
    public required int Unchanged { get; init; }
    public required int Deleted { get; init; }
    public required int Rejected { get; init; }
    public required int Failed { get; init; }

    /// <summary>Deletions that wait for a person.</summary>
    public required int Held { get; init; }

    /// <summary>The first hundred.</summary>
    public required IReadOnlyList<SourceProblemDto> Problems { get; init; }
}

/// <summary>What is the matter with one item; with the source itself when the item is empty.</summary>
public sealed record SourceProblemDto
{
    public required string Item { get; init; }
    public required string Code { get; init; }
    public required string Reason { get; init; }
}

public sealed record SourceRunsDto
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SourceRunDto> Items { get; init; }
    public required DateTimeOffset NextRunAt { get; init; }
}

public sealed record SourceListDto
{
    public required IReadOnlyList<SourceDto> Items { get; init; }
}

public sealed record SourceTestDto
{
    /// <summary>What the source lists first; null when it has nothing.</summary>
    public string? FirstItem { get; init; }
}

public sealed record SourceConfirmationDto
{
    /// <summary>So many deletions go through; more would be held again.</summary>
    public required int Deletions { get; init; }
}

/// <summary>How an archive becomes documents.</summary>
public sealed record ArchiveRequest
{
    public string? Collection { get; init; }

    /// <summary>What the paths of its files are put below.</summary>
    public string? Prefix { get; init; }
    public IReadOnlyList<string>? Readers { get; init; }

    /// <summary>Documents below the prefix that an earlier archive made, and that are missing in this one, are deleted.</summary>
    public bool Sync { get; init; }

    /// <summary>So many deletions are meant, also when they look like an accident.</summary>
    public int? ConfirmedDeletions { get; init; }
}

public sealed record ArchiveResultDto
{
    /// <summary>Each file of the archive.</summary>
    public required IReadOnlyList<UploadDto> Files { get; init; }
    public required int Deleted { get; init; }

    /// <summary>Deletions that look like an accident, and were not made: send the archive again with this number in 'confirm'.</summary>
    public required int HeldDeletions { get; init; }
}
