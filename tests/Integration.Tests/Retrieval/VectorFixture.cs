using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Access;
using AiApp.Rag.Models;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>20,000 chunks with vectors of clusters, in reader sets of 0.1, 0.9, 9, 40 and 50 %; each principal reads one more set than the one before.</summary>
public sealed class VectorFixture : IAsyncLifetime
{
    public const int ChunkCount = 20_000;
    public const int Dimensions = 32;

    /// <summary>Exact up to here: 0.1 and 1 % are, the others use the distance index.</summary>
    public const int ExactUpTo = 1000;

    private IHost _host = null!;

    internal TestDatabase Database { get; private set; } = null!;
    internal EmbeddingSpace Space { get; private set; } = null!;
    internal TenantId Tenant { get; private set; }

    internal VectorStore Store => _host.Services.GetRequiredService<VectorStore>();
    internal NpgsqlDataSource Application => _host.Services.GetRequiredService<NpgsqlDataSource>();

    public async Task InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:aiapp"] = Database.ConnectionString;
        builder.Configuration["Retrieval:Vector:ExactUpToChunks"] = $"{ExactUpTo}";
        builder.AddStorage().AddModels().AddRetrieval();
        _host = builder.Build();
        Tenant = new(await Database.ReadAsync<int>("INSERT INTO tenant (name) VALUES ('vectors') RETURNING tenant_id"));
        await Database.ReadAsync<int>($"SELECT embedding_space_id FROM ensure_embedding_space('generated', {Dimensions})");
        await Database.ReadAsync<int>($"""
            INSERT INTO reader_set (tenant_id, principals)
            SELECT {Tenant.Value}, array_agg('group:' || reader ORDER BY reader)
            FROM generate_series(1, 5) AS own, generate_series(own, 5) AS reader
            GROUP BY own ORDER BY own
            RETURNING 1
            """);
        await GeneratedChunks.AddAsync(Database, Tenant, ChunkCount,
            "CASE WHEN n % 1000 = 0 THEN 0 WHEN n % 1000 < 10 THEN 1 WHEN n % 1000 < 100 THEN 2 WHEN n % 1000 < 500 THEN 3 ELSE 4 END");
        await AddVectorsAsync();
        Space = (await _host.Services.GetRequiredService<EmbeddingSpaces>().ListAsync(CancellationToken.None)).Single();
    }

    public async Task DisposeAsync()
    {
        _host.Dispose();
        await Database.DisposeAsync();
    }

    /// <summary>What the reader of the first <paramref name="sets"/> sets searches.</summary>
    internal async Task<SearchScope> ScopeAsync(int sets) =>
        await _host.Services.GetRequiredService<RetrievalStore>().FindScopeAsync(Tenant, PrincipalSet.Of($"group:{sets}"), null, CancellationToken.None);

    internal static float[] Question(int number)
    {
        var random = new Random(number);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    // In bulk, with the distance index made afterwards: row by row it would take most of the test's time.
    private async Task AddVectorsAsync()
    {
        await using var connection = await Database.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            DROP INDEX embedding_1_by_distance;
            SELECT setseed(0.5);
            INSERT INTO embedding_1 (tenant_id, collection_id, reader_set_id, chunk_id, embedding)
            SELECT tenant_id, collection_id, reader_set_id, chunk_id,
                   (SELECT array_agg(random() - 0.5 + 0.5 * sin(dimension * (chunk_id % 50))) FROM generate_series(1, {Dimensions}) AS dimension)::halfvec
            FROM chunk;
            CREATE INDEX embedding_1_by_distance ON embedding_1 USING hnsw (embedding halfvec_cosine_ops) WITH (m = 24, ef_construction = 200);
            ANALYZE;
            """, connection);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }
}
