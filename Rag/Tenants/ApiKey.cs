using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace AiApp.Rag.Tenants;

/// <summary>What is kept of a key: enough to recognise it, not enough to use it.</summary>
[Table("api_key")]
[PrimaryKey(nameof(TenantId), nameof(Id))]
public sealed class ApiKey
{
    /// <summary>The key may name the person it acts for.</summary>
    public const string OnBehalfOf = "on_behalf_of";

    [Column("tenant_id")]
    public required int TenantId { get; set; }

    [Column("api_key_id")]
    public required string Id { get; set; }

    [Column("name")]
    public required string Name { get; set; }

    [Column("key_hmac")]
    public required byte[] Hmac { get; set; }

    [Column("scopes")]
    public required string[] Scopes { get; set; }

    /// <summary>What the key's own requests may read besides what everyone may.</summary>
    [Column("principals")]
    public required string[] Principals { get; set; }

    [Column("created_at")]
    public required DateTimeOffset CreatedAt { get; set; }

    [Column("last_used_at")]
    public DateTimeOffset? LastUsedAt { get; set; }

    [Column("revoked_at")]
    public DateTimeOffset? RevokedAt { get; set; }
}
