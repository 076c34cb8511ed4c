using AiApp.Rag.Ingestion.Indexing;

namespace AiApp.Integration.Tests.Ingestion;

/// <summary>A class of its own over a database of its own: there is one distance index for all tests.</summary>
public sealed class DistanceIndexTests : IAsyncLifetime
{
    private const string HasIndex = "SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('embedding_1_by_distance') AND indisvalid)";
    private const string Collects = "SELECT coalesce('fastupdate=on' = ANY (reloptions), false) FROM pg_class WHERE relname = 'lexical_index_by_token'";

    private readonly IngestionFixture _fixture = new() { Settings = ["--Indexing:BulkDocuments=3"] };

    private DistanceIndexes Indexes => _fixture.Get<DistanceIndexes>();

    public async Task InitializeAsync()
    {
        await _fixture.InitializeAsync();
        var tenant = await _fixture.NewTenantAsync();
        await _fixture.IngestAsync(tenant, (await _fixture.AddAsync(tenant, "first.md", "The first one.")).DocumentId);
    }

    public Task DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Many_waiting_documents_are_written_without_the_index_and_it_is_built_when_they_are_through()
    {
        var tenant = await _fixture.NewTenantAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add((await _fixture.AddAsync(tenant, $"{i}.md", $"Number {i}.")).DocumentId);
        }

        await TendAsync(1);
        Assert.Equal((false, true), (await _fixture.ReadAsync<bool>(HasIndex), await _fixture.ReadAsync<bool>(Collects)));
        foreach (var id in ids)
        {
            await _fixture.IngestAsync(tenant, id);
        }
        await TendAsync(3);

        Assert.Equal((true, false), (await _fixture.ReadAsync<bool>(HasIndex), await _fixture.ReadAsync<bool>(Collects)));
        Assert.Contains("m='24', ef_construction='200'", await _fixture.ReadAsync<string>("SELECT indexdef FROM pg_indexes WHERE indexname = 'embedding_1_by_distance'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_of_a_paused_queue_do_not_keep_the_index_away()
    {
        var tenant = await _fixture.NewTenantAsync();
        for (var i = 0; i < 60; i++)
        {
            await _fixture.AddAsync(tenant, $"{i}.md", $"Number {i}.");
        }
        await TendAsync(1);
        Assert.False(await _fixture.ReadAsync<bool>(HasIndex));

        await _fixture.ReadAsync<int>("INSERT INTO queue_pause (tenant_id, paused_by) VALUES ($1, 'test') RETURNING tenant_id", tenant);
        await TendAsync(3);

        Assert.True(await _fixture.ReadAsync<bool>(HasIndex));
    }

    [Fact]
    public async Task A_few_waiting_documents_leave_the_index_alone()
    {
        var tenant = await _fixture.NewTenantAsync();
        await _fixture.AddAsync(tenant, "a.md", "One.");

        await TendAsync(1);

        Assert.True(await _fixture.ReadAsync<bool>(HasIndex));
    }

    [Fact]
    public async Task An_index_whose_building_broke_off_is_built_again()
    {
        await _fixture.ReadAsync<int>("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'embedding_1_by_distance'::regclass RETURNING 1");

        await TendAsync(3);

        Assert.True(await _fixture.ReadAsync<bool>(HasIndex));
    }

    private async Task TendAsync(int looks)
    {
        for (var i = 0; i < looks; i++)
        {
            await Indexes.TendAsync(CancellationToken.None);
        }
    }
}
