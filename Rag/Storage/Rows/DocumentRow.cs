using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace AiApp.Rag.Storage.Rows;

[Table("document")]
[PrimaryKey(nameof(TenantId), nameof(DocumentId))]
internal sealed class DocumentRow
{
    [Column("tenant_id")]
    public required int TenantId { get; set; }

    [Column("document_id")]
    public required Guid DocumentId { get; set; }

    [Column("collection_id")]
    public required int CollectionId { get; set; }

    [Column("source_uri")]
    public required string SourceUri { get; set; }

    [Column("title")]
    public required string Title { get; set; }

    [Column("media_type")]
    public required string MediaType { get; set; }

    [Column("size_bytes")]
    public required long SizeBytes { get; set; }

    [Column("content_hash")]
    public required byte[] ContentHash { get; set; }

    [Column("reader_set_id")]
    public required int ReaderSetId { get; set; }

    [Column("status")]
    public required string Status { get; set; }

    [Column("stage")]
    public required string Stage { get; set; }

    [Column("failure_code")]
    public string? FailureCode { get; set; }

    [Column("failure_reason")]
    public string? FailureReason { get; set; }

    [Column("current_version_id")]
    public long? CurrentVersionId { get; set; }

    [Column("created_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset CreatedAt { get; set; }

    [Column("updated_at")]
    public DateTimeOffset UpdatedAt { get; set; }
}
