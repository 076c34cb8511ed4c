using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace AiApp.Rag.Tenants;

[Table("tenant")]
public sealed class Tenant
{
    [Key, Column("tenant_id"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int TenantId { get; set; }

    [Column("name")]
    public required string Name { get; set; }

    [Column("created_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset CreatedAt { get; set; }
}
