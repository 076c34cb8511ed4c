using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace AiApp.Rag.Storage.Rows;

[Table("embedding_space")]
internal sealed class EmbeddingSpaceRow
{
    [Key, Column("embedding_space_id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int EmbeddingSpaceId { get; set; }

    [Column("model")]
    public required string Model { get; set; }

    [Column("dimensions")]
    public required int Dimensions { get; set; }

    [Column("table_name", TypeName = "name")]
    public required string TableName { get; set; }

    [Column("created_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset CreatedAt { get; set; }
}
