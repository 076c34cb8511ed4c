using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace AiApp.Rag.Storage.Rows;

[Table("collection")]
[PrimaryKey(nameof(TenantId), nameof(CollectionId))]
internal sealed class CollectionRow
{
    [Column("tenant_id")]
    public required int TenantId { get; set; }

    [Column("collection_id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int CollectionId { get; set; }

    [Column("name")]
    public required string Name { get; set; }

    /// <summary>Oid of the text-search configuration.</summary>
    [Column("language", TypeName = "regconfig"), DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public uint Language { get; set; }

    [Column("bm25_average_length")]
    public float Bm25AverageLength { get; set; } = 60;

    [Column("bm25_measured_chunks")]
    public int Bm25MeasuredChunks { get; set; }

    [Column("created_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset CreatedAt { get; set; }
}
