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

    /// <summary>Whether answers may be given again; see the command 'cache'.</summary>
    [Column("cache_is_enabled"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public bool CacheIsEnabled { get; set; }

    [Column("created_at"), DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public DateTimeOffset CreatedAt { get; set; }
}
