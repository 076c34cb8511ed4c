using AiApp.Rag.Storage.Rows;
using AiApp.Rag.Tenants;
using Microsoft.EntityFrameworkCore;

namespace AiApp.Rag.Storage;

/// <summary>
/// The relational slices. It maps what <c>Database/Migrations</c> makes and never makes anything itself; a test compares
/// the two. Retrieval, the queue and ingestion speak SQL of their own.
/// </summary>
public sealed class AiAppDbContext(DbContextOptions<AiAppDbContext> options) : DbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    internal DbSet<CollectionRow> Collections => Set<CollectionRow>();
    internal DbSet<DocumentRow> Documents => Set<DocumentRow>();
    internal DbSet<DocumentVersionRow> DocumentVersions => Set<DocumentVersionRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Tenant>();
        modelBuilder.Entity<ApiKey>().HasOne<Tenant>().WithMany().HasForeignKey(key => key.TenantId);
        modelBuilder.Entity<CollectionRow>();
        modelBuilder.Entity<DocumentRow>()
            .HasOne<CollectionRow>().WithMany().HasForeignKey(document => new { document.TenantId, document.CollectionId });
        modelBuilder.Entity<DocumentVersionRow>()
            .HasOne<DocumentRow>().WithMany().HasForeignKey(version => new { version.TenantId, version.DocumentId });
    }
}
