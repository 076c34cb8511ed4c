using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace AiApp.Rag.Storage.Rows;

[Table("document_version")]
[PrimaryKey(nameof(TenantId), nameof(VersionId))]
internal sealed class DocumentVersionRow
{
    [Column("tenant_id")]
    public required int TenantId { get; set; }

    [Column("version_id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long VersionId { get; set; }

    [Column("document_id")]
    public required Guid DocumentId { get; set; }

    [Column("number")]
    public required int Number { get; set; }

    [Column("content_hash")]
    public required byte[] ContentHash { get; set; }

    [Column("reader_set_id")]
    public required int ReaderSetId { get; set; }

    [Column("title")]
    public required string Title { get; set; }

    [Column("canonical_text")]
    public required string CanonicalText { get; set; }

    [Column("structure", TypeName = "jsonb")]
    public required string Structure { get; set; }

    [Column("reader_version")]
    public required string ReaderVersion { get; set; }

    [Column("chunker_version")]
    public required string ChunkerVersion { get; set; }

    [Column("valid_from")]
    public DateOnly? ValidFrom { get; set; }

    [Column("valid_until")]
    public DateOnly? ValidUntil { get; set; }

    [Column("chunk_count")]
    public required int ChunkCount { get; set; }

    [Column("token_count")]
    public required int TokenCount { get; set; }

    [Column("pages")]
    public int[]? Pages { get; set; }

    [Column("reading_key")]
    public byte[]? ReadingKey { get; set; }

    [Column("language")]
    public string? Language { get; set; }

    [Column("pages_are_separate")]
    public bool PagesAreSeparate { get; set; }

    /// <summary>The transaction that published it, or last changed its readers.</summary>
    [Column("changed_in"), DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public long ChangedIn { get; set; }

    [Column("published_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset PublishedAt { get; set; }

    [Column("superseded_at")]
    public DateTimeOffset? SupersededAt { get; set; }
}
