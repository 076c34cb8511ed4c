namespace AiApp.Contracts;

public sealed record DocumentDto
{
    public required Guid Id { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required string Title { get; init; }
    public required string MediaType { get; init; }
    public required long SizeBytes { get; init; }

    /// <summary>One of <see cref="DocumentStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>How far the newest upload has come: received, reading, chunking, embedding, publishing, ready.</summary>
    public required string Stage { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureReason { get; init; }

    /// <summary>Attempts already made at the newest upload, while it is not finished.</summary>
    public int Attempt { get; init; }

    /// <summary>Number of the searchable version; null until the first one is published.</summary>
    public int? VersionNumber { get; init; }
    public int? ChunkCount { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who may read it: <c>everyone</c>, <c>user:anna</c>, <c>group:hr</c>.</summary>
    public required IReadOnlyList<string> Readers { get; init; }
}

/// <summary>Something that happened to an upload of a document.</summary>
public sealed record DocumentEventDto
{
    public required DateTimeOffset At { get; init; }

    /// <summary>queued, replaced, started, given_back, postponed, failed, crashed, completed, discarded or cancelled.</summary>
    public required string Kind { get; init; }
    public required int Attempt { get; init; }

    /// <summary>Where the attempt ended: reading, chunking, embedding or publishing.</summary>
    public string? Stage { get; init; }
    public string? Code { get; init; }
    public string? Reason { get; init; }

    /// <summary>Milliseconds by stage, of an attempt that ended in a publication.</summary>
    public IReadOnlyDictionary<string, double>? Stages { get; init; }
}

/// <summary>What has become of a document's uploads, oldest first.</summary>
public sealed record DocumentTimelineDto
{
    public required IReadOnlyList<DocumentEventDto> Events { get; init; }
}

/// <summary>Who may read a document from now on; whoever sends it must be one of them.</summary>
public sealed record ReadersRequest
{
    /// <summary>1 to 200 of <c>everyone</c> or kind and name, such as <c>group:hr</c>.</summary>
    public required IReadOnlyList<string> Principals { get; init; }
}

public static class DocumentStatuses
{
    public const string Waiting = "waiting";
    public const string Working = "working";
    public const string Ready = "ready";
    public const string Failed = "failed";

    /// <summary>Called back before it was ever searchable.</summary>
    public const string Cancelled = "cancelled";
}

/// <summary>A page of a list; <see cref="Next"/> is the cursor of the following page, null at the end.</summary>
public sealed record PageDto<T>
{
    public required IReadOnlyList<T> Items { get; init; }
    public string? Next { get; init; }
}

/// <summary>Counts over the documents that the caller may read.</summary>
public sealed record DocumentSummaryDto
{
    public required int Waiting { get; init; }
    public required int Working { get; init; }
    public required int Ready { get; init; }
    public required int Failed { get; init; }
    public int Cancelled { get; init; }
    public required int Chunks { get; init; }
}

/// <summary>The canonical text of one version and its structure, for showing a citation in its place.</summary>
public sealed record DocumentTextDto
{
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required int VersionNumber { get; init; }

    /// <summary>Number of the newest version: larger than <see cref="VersionNumber"/> when the text has changed since.</summary>
    public required int NewestVersionNumber { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyList<BlockDto> Blocks { get; init; }
}

/// <summary>A block of the canonical text. Kind: heading, paragraph, list_item, table_row, code, quote.</summary>
public sealed record BlockDto
{
    public required string Kind { get; init; }
    public required int Start { get; init; }
    public required int Length { get; init; }

    /// <summary>Heading level 1 to 6, or nesting depth of a list item from 0.</summary>
    public int Level { get; init; }
}

/// <summary>What became of one uploaded file. Outcome: accepted, unchanged, rejected.</summary>
public sealed record UploadDto
{
    public required string SourceUri { get; init; }
    public required string Outcome { get; init; }
    public Guid? DocumentId { get; init; }
    public ProblemDto? Problem { get; init; }
}

public sealed record UploadResultDto
{
    public required IReadOnlyList<UploadDto> Files { get; init; }
}

/// <summary>Import of a folder that the Api itself can read; only from loopback in development.</summary>
public sealed record FolderImportRequest
{
    public required string Folder { get; init; }
    public string? Collection { get; init; }
}
