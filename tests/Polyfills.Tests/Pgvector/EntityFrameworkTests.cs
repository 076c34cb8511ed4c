using Microsoft.EntityFrameworkCore;
using Pgvector;
using Pgvector.EntityFrameworkCore;

namespace AiApp.Polyfills.Tests.Pgvector;

[Collection("postgres")]
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime
public sealed class EntityFrameworkTests(PostgresFixture postgres) : IAsyncLifetime
#pragma warning restore CA1001
{
    private Shelf shelf = null!;

    private static HalfVector Halves(params double[] values) => new(Array.ConvertAll(values, value => (Half)value));

    public async Task InitializeAsync()
    {
        shelf = new Shelf($"shelf_{Guid.NewGuid():N}", postgres.ConnectionString);
        await shelf.Database.ExecuteSqlRawAsync(shelf.Database.GenerateCreateScript());
        shelf.Items.AddRange(
            new Item { Id = 1, Dense = new Vector("[1,0,0]"), Half = Halves(1, 0, 0), Sparse = new SparseVector("{1:1}/3") },
            new Item { Id = 2, Dense = new Vector("[0,1,0]"), Half = Halves(0, 1, 0), Sparse = new SparseVector("{2:1}/3") },
            new Item { Id = 3, Dense = new Vector("[2,2,0]"), Half = Halves(2, 2, 0), Sparse = null });
        await shelf.SaveChangesAsync();
        shelf.ChangeTracker.Clear();
    }

    public async Task DisposeAsync() => await shelf.DisposeAsync();

    [Fact]
    public async Task Saved_vectors_are_read_back()
    {
        var item = await shelf.Items.SingleAsync(item => item.Id == 1);
        Assert.Equal(new Vector("[1,0,0]"), item.Dense);
        Assert.Equal(Halves(1, 0, 0), item.Half);
        Assert.Equal(new SparseVector("{1:1}/3"), item.Sparse);
    }

    [Fact]
    public async Task A_missing_vector_is_null() => Assert.Null((await shelf.Items.SingleAsync(item => item.Id == 3)).Sparse);

    [Fact]
    public async Task Cosine_distance_orders_rows()
    {
        var query = Halves(0.9, 0.1, 0);
        var ids = await shelf.Items.OrderBy(item => item.Half!.CosineDistance(query)).Select(item => item.Id).ToArrayAsync();
        Assert.Equal([1, 3, 2], ids);
    }

    [Fact]
    public async Task L2_distance_is_computed_by_the_server()
    {
        var query = new Vector("[0,0,0]");
        var distances = await shelf.Items.OrderBy(item => item.Id).Select(item => item.Dense!.L2Distance(query)).ToArrayAsync();
        Assert.Equal([1, 1, Math.Sqrt(8)], distances);
    }

    [Fact]
    public async Task Max_inner_product_is_negative_as_in_pgvector()
    {
        var query = new SparseVector("{1:2}/3");
        var products = await shelf.Items.Where(item => item.Sparse != null).OrderBy(item => item.Id)
            .Select(item => item.Sparse!.MaxInnerProduct(query)).ToArrayAsync();
        Assert.Equal([-2, 0], products.Select(product => product + 0d));
    }

    [Fact]
    public void Distances_become_operators()
    {
        var query = Halves(1, 0, 0);
        Assert.Contains("<=> @query", shelf.Items.OrderBy(item => item.Half!.CosineDistance(query)).ToQueryString(), StringComparison.Ordinal);
        Assert.Contains("<-> @query", shelf.Items.OrderBy(item => item.Half!.L2Distance(query)).ToQueryString(), StringComparison.Ordinal);
        Assert.Contains("<#> @query", shelf.Items.OrderBy(item => item.Half!.MaxInnerProduct(query)).ToQueryString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Distances_throw_outside_a_query() =>
        Assert.Throws<InvalidOperationException>(() => new Vector("[1]").CosineDistance(new Vector("[1]")));

    [Fact]
    public void The_column_type_keeps_its_dimensions()
    {
        var item = shelf.Model.FindEntityType(typeof(Item))!;
        Assert.Equal("halfvec(3)", item.FindProperty(nameof(Item.Half))!.GetColumnType());
        Assert.Equal("vector(3)", item.FindProperty(nameof(Item.Dense))!.GetColumnType());
        Assert.Equal("sparsevec(3)", item.FindProperty(nameof(Item.Sparse))!.GetColumnType());
    }

    [Fact]
    public void Without_a_column_type_the_type_is_pgvectors_own()
    {
        using var plain = new PlainShelf(postgres.ConnectionString);
        var item = plain.Model.FindEntityType(typeof(Item))!;
        Assert.Equal("halfvec", item.FindProperty(nameof(Item.Half))!.GetColumnType());
    }

    [Fact]
    public void An_hnsw_index_is_part_of_the_create_script() =>
        Assert.Contains("USING hnsw (\"Half\" halfvec_cosine_ops)", shelf.Database.GenerateCreateScript(), StringComparison.Ordinal);

    internal sealed class Item
    {
        public int Id { get; set; }

        public Vector? Dense { get; set; }

        public HalfVector? Half { get; set; }

        public SparseVector? Sparse { get; set; }
    }

    private sealed class Shelf(string schema, string connectionString) : DbContext
    {
        public DbSet<Item> Items => Set<Item>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
            .UseNpgsql(connectionString, npgsql => npgsql.UseVector())
            .EnableServiceProviderCaching(false); // the model differs by schema

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasDefaultSchema(schema).HasPostgresExtension("public", "vector");
            modelBuilder.Entity<Item>(item =>
            {
                item.Property(row => row.Id).ValueGeneratedNever();
                item.Property(row => row.Dense).HasColumnType("vector(3)");
                item.Property(row => row.Half).HasColumnType("halfvec(3)");
                item.Property(row => row.Sparse).HasColumnType("sparsevec(3)");
                item.HasIndex(row => row.Half).HasMethod("hnsw").HasOperators("halfvec_cosine_ops");
            });
        }
    }

    private sealed class PlainShelf(string connectionString) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.UseNpgsql(connectionString, npgsql => npgsql.UseVector());

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Item>();
    }
}
