namespace AiApp.Contracts;

/// <summary>What a deletion has removed, counted while it was removed.</summary>
public sealed record DeletionReceiptDto
{
    public required Guid DocumentId { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required int Versions { get; init; }
    public required int Chunks { get; init; }
    public required long LexicalEntries { get; init; }

    /// <summary>By embedding space.</summary>
    public required IReadOnlyList<DeletedVectorsDto> Vectors { get; init; }

    /// <summary>Uploaded files that the document held: that of its newest upload and those of its versions.</summary>
    public required int Files { get; init; }

    /// <summary>Of these, those that stay because another document which you may read holds the same bytes.</summary>
    public required int FilesKept { get; init; }

    /// <summary>Bytes of the files that are not kept.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Cached answers that were dropped. Answers are not cached in this release, so that there is none that could still show the document.</summary>
    public required int CachedAnswers { get; init; }

    /// <summary>Whether an upload was still waiting or being ingested.</summary>
    public required bool JobCancelled { get; init; }
    public required DateTimeOffset DeletedAt { get; init; }
}

public sealed record DeletedVectorsDto
{
    public required string Model { get; init; }
    public required int Dimensions { get; init; }
    public required long Count { get; init; }
}
