namespace AiApp.Rag.Documents;

/// <summary>What a deletion has removed, counted by the statements that removed it.</summary>
public sealed record DeletionReceipt
{
    public required Guid DocumentId { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required int Versions { get; init; }
    public required int Chunks { get; init; }
    public required long LexicalEntries { get; init; }
    public required IReadOnlyList<DeletedVectors> Vectors { get; init; }

    /// <summary>Uploaded files that the document held: that of its newest upload and those of its versions.</summary>
    public required int Files { get; init; }

    /// <summary>Of <see cref="Files"/>, those that another document which the caller may read holds too; they stay.</summary>
    public required int FilesKept { get; init; }

    /// <summary>Of the files that are not kept.</summary>
    public required long FileBytes { get; init; }
    public required bool JobCancelled { get; init; }
    public required DateTimeOffset DeletedAt { get; init; }
}

/// <summary>Vectors of one embedding space.</summary>
public sealed record DeletedVectors(string Model, int Dimensions, long Count);
