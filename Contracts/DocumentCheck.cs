namespace AiApp.Contracts;

/// <summary>Files that somebody thinks of uploading, without their bytes.</summary>
public sealed record DocumentCheckRequest
{
    public string? Collection { get; init; }

    /// <summary>1 to 500.</summary>
    public required IReadOnlyList<CheckedFileRequest> Files { get; init; }
}

public sealed record CheckedFileRequest
{
    public required string Path { get; init; }
    public required long SizeBytes { get; init; }

    /// <summary>Of all bytes, in hexadecimal digits. Without it equal sizes cannot be told apart.</summary>
    public string? Sha256 { get; init; }
    public string? MediaType { get; init; }

    /// <summary>Up to 4 KB from the beginning.</summary>
    public byte[]? FirstBytes { get; init; }

    /// <summary>Up to 4 KB from the end: there a PDF says that it is protected.</summary>
    public byte[]? LastBytes { get; init; }
}

public sealed record DocumentCheckDto
{
    /// <summary>In the order of the request.</summary>
    public required IReadOnlyList<CheckedFileDto> Files { get; init; }
}

/// <summary>What an upload of the file would do.</summary>
public sealed record CheckedFileDto
{
    public required string SourceUri { get; init; }

    /// <summary>One of <see cref="CheckOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The document at this path, when there is one.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>The document that holds the same bytes at another path.</summary>
    public DocumentPlaceDto? DuplicateOf { get; init; }

    /// <summary>Why it would be rejected; with another outcome, what may go wrong when it is read.</summary>
    public ProblemDto? Problem { get; init; }
}

public sealed record DocumentPlaceDto
{
    public required Guid DocumentId { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
}

public static class CheckOutcomes
{
    /// <summary>There is no document at this path.</summary>
    public const string New = "new";

    /// <summary>Other bytes than the newest upload, or one that failed or was cancelled: it would be ingested.</summary>
    public const string Changed = "changed";

    /// <summary>The same bytes at this path: nothing would happen.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>New here, but the same bytes stand at another path.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A document of the same size stands at this path; without a hash nobody knows.</summary>
    public const string Unknown = "unknown";

    /// <summary>It would not be taken.</summary>
    public const string Rejected = "rejected";
}
