using AiApp.Rag.Access;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;

namespace AiApp.Rag.Documents;

/// <summary>A document and the state of its newest upload. Identity is collection + source URI, never the file name.</summary>
public sealed record Document
{
    public required TenantId Tenant { get; init; }
    public required Guid Id { get; init; }
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required string Title { get; init; }
    public required string MediaType { get; init; }
    public required long SizeBytes { get; init; }
    public required DocumentStatus Status { get; init; }
    public required DocumentStage Stage { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureReason { get; init; }
    public int Attempt { get; init; }
    public int? VersionNumber { get; init; }
    public int? ChunkCount { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The principals that may read it.</summary>
    public required IReadOnlyList<string> Readers { get; init; }
}

public enum DocumentStatus { Waiting, Working, Ready, Failed, Cancelled }

public enum DocumentStage { Received, Reading, Chunking, Embedding, Publishing, Ready }

/// <summary>Bytes to ingest; durable once <see cref="DocumentStore.AddAsync"/> has returned.</summary>
public sealed record NewDocument
{
    public required string Collection { get; init; }
    public required string SourceUri { get; init; }
    public required string MediaType { get; init; }
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Who may read it from now on. Unset: everyone when the document is new, else who may already.</summary>
    public ReaderSet? Readers { get; init; }

    /// <summary>Which of a tenant's jobs come first.</summary>
    public JobClass Class { get; init; } = JobClass.Normal;
}

/// <summary>Outcome of an upload: a job was queued, or the bytes equal those of the newest upload already ingested or queued.</summary>
public sealed record AddedDocument(Guid DocumentId, bool Unchanged);

public sealed record DocumentPage(IReadOnlyList<Document> Items, string? Next);

/// <summary>Counts over what the caller may read.</summary>
public sealed record DocumentSummary(int Waiting, int Working, int Ready, int Failed, int Cancelled, int Chunks);

/// <summary>Canonical text of one version. Offsets everywhere are UTF-16 code units of <see cref="Text"/>.</summary>
public sealed record DocumentText
{
    public required Guid DocumentId { get; init; }
    public required long VersionId { get; init; }
    public required int VersionNumber { get; init; }
    public required int NewestVersionNumber { get; init; }
    public required string Title { get; init; }
    public required string SourceUri { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; init; }
    public required string Text { get; init; }
    public required IReadOnlyList<TextBlock> Blocks { get; init; }
}

/// <summary>A block of canonical text; <see cref="Level"/> is the heading level (1 to 6) or the list depth from 0.</summary>
public sealed record TextBlock(BlockKind Kind, int Start, int Length, int Level = 0);

public enum BlockKind { Heading, Paragraph, ListItem, TableRow, Code, Quote }
