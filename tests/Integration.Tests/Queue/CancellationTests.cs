using AiApp.Integration.Tests.Ingestion;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Tenants;
using Npgsql;

namespace AiApp.Integration.Tests.Queue;

public sealed class CancellationTests(IngestionFixture fixture) : IClassFixture<IngestionFixture>
{
    private const string FinishedState = "SELECT state FROM finished_job WHERE document_id = $1 ORDER BY finished_at DESC LIMIT 1";

    private QueueStore Store { get; } = new(fixture.Get<NpgsqlDataSource>());

    [Fact]
    public async Task An_upload_that_was_never_searchable_is_cancelled_and_can_be_retried()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;

        var cancelled = await CancelAsync(tenant, id);

        Assert.Equal((DocumentStatus.Cancelled, DocumentStage.Received), (cancelled.Status, cancelled.Stage));
        Assert.Equal("cancelled", await fixture.ReadAsync<string>(FinishedState, id));
        await fixture.Documents.RetryAsync(tenant, PrincipalSet.Everyone, id, readAnew: false, CancellationToken.None);
        Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, id)).Status);
    }

    [Fact]
    public async Task The_same_bytes_are_taken_again_after_a_cancellation()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        await CancelAsync(tenant, id);

        Assert.False((await fixture.AddAsync(tenant, "a.md", "text")).Unchanged);

        Assert.Equal(DocumentStatus.Ready, (await fixture.IngestAsync(tenant, id)).Status);
    }

    [Fact]
    public async Task A_new_version_called_back_while_it_is_ingested_leaves_the_document_as_it_was()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "first text")).DocumentId;
        await fixture.IngestAsync(tenant, id);
        await fixture.AddAsync(tenant, "a.md", "a second and longer text");
        fixture.Embeddings.Before = async _ => await CancelAsync(tenant, id);

        var document = await fixture.IngestAsync(tenant, id);

        Assert.Equal((DocumentStatus.Ready, DocumentStage.Ready, 1, 10L), (document.Status, document.Stage, document.VersionNumber, document.SizeBytes));
        Assert.Equal("first text", (await fixture.Documents.FindTextAsync(tenant, PrincipalSet.Everyone, id, null, CancellationToken.None))!.Text);
        Assert.True((await fixture.AddAsync(tenant, "a.md", "first text")).Unchanged);
        Assert.False((await fixture.AddAsync(tenant, "a.md", "a second and longer text")).Unchanged);
    }

    [Fact]
    public async Task A_cancelled_job_is_held_by_nobody()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        var job = await fixture.ClaimAsync(id);
        Assert.Contains(job.Id, await fixture.Queue.ListHeldAsync([job], CancellationToken.None));

        await CancelAsync(tenant, id);

        Assert.DoesNotContain(job.Id, await fixture.Queue.ListHeldAsync([job], CancellationToken.None));
        Assert.DoesNotContain(job.Id, await fixture.Queue.RenewAsync([job], CancellationToken.None));
        Assert.False(await fixture.Queue.ReleaseAsync(job, CancellationToken.None));
    }

    [Fact]
    public async Task A_stage_reported_while_the_upload_is_called_back_is_not_shown()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        var job = await fixture.ClaimAsync(id);
        await using var connection = await fixture.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"SELECT FROM document WHERE document_id = '{id}' FOR UPDATE");

        var reported = fixture.Get<IngestionStore>().ShowStageAsync([job], DocumentStage.Embedding, CancellationToken.None);
        while (!await fixture.ReadAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database()))"))
        {
            Assert.False(reported.IsCompleted);
        }
        await ExecuteAsync(connection, $"DELETE FROM job WHERE document_id = '{id}'");
        await ExecuteAsync(connection, $"UPDATE document SET status = 'cancelled' WHERE document_id = '{id}'");
        await transaction.CommitAsync();
        await reported;

        Assert.Equal(DocumentStatus.Cancelled, (await FindAsync(tenant, id)).Status);
    }

    [Fact]
    public async Task A_group_stops_when_all_of_its_uploads_are_called_back_and_not_before()
    {
        var tenant = await fixture.NewTenantAsync();
        Guid[] ids = [(await fixture.AddAsync(tenant, "a.md", "The first crane.")).DocumentId, (await fixture.AddAsync(tenant, "b.md", "The second crane.")).DocumentId];
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        HeldJob[] group = [new(await fixture.ClaimAsync(ids[0]), first.Token), new(await fixture.ClaimAsync(ids[1]), second.Token)];
        (bool One, bool Both) stopped = default;
        fixture.Embeddings.Before = async ct =>
        {
            await CancelAsync(tenant, ids[0]);
            await first.CancelAsync();
            var one = ct.IsCancellationRequested;
            await CancelAsync(tenant, ids[1]);
            await second.CancelAsync();
            stopped = (one, ct.IsCancellationRequested);
            ct.ThrowIfCancellationRequested();
        };

        await fixture.Runner.RunAsync(group, CancellationToken.None);

        Assert.Equal((false, true), stopped);
        Assert.Equal(2, (await fixture.Documents.SummarizeAsync(tenant, PrincipalSet.Everyone, CancellationToken.None)).Cancelled);
    }

    [Fact]
    public async Task A_document_without_a_job_is_returned_as_it_is()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        var before = await fixture.IngestAsync(tenant, id);

        var after = await CancelAsync(tenant, id);

        Assert.Equal((before.Status, before.UpdatedAt), (after.Status, after.UpdatedAt));
        Assert.Null(await fixture.Documents.CancelAsync(await fixture.NewTenantAsync(), PrincipalSet.Everyone, id, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_cancels_what_it_may_not_read()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text", ["user:anna"])).DocumentId;

        Assert.Null(await fixture.Documents.CancelAsync(tenant, PrincipalSet.Of("user:bob"), id, CancellationToken.None));
        Assert.Equal(0, await Store.CancelAsync(tenant, PrincipalSet.Of("user:bob"), null, CancellationToken.None));

        Assert.Equal(1L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE document_id = $1", id));
    }

    [Fact]
    public async Task The_whole_queue_or_a_collection_of_it_is_cancelled_at_once()
    {
        var (tenant, other) = (await fixture.NewTenantAsync(), await fixture.NewTenantAsync());
        for (var i = 0; i < 7; i++)
        {
            await fixture.AddAsync(tenant, $"{i}.md", "text", i < 3 ? "notes" : "handbook");
        }
        var foreign = (await fixture.AddAsync(other, "a.md", "text")).DocumentId;

        var notes = await Store.CancelAsync(tenant, PrincipalSet.Everyone, "notes", CancellationToken.None);
        var rest = await Store.CancelAsync(tenant, PrincipalSet.Everyone, null, CancellationToken.None);

        Assert.Equal((3, 4, 0), (notes, rest, await Store.CancelAsync(tenant, PrincipalSet.Everyone, "absent", CancellationToken.None)));
        Assert.Equal(7, (await fixture.Documents.SummarizeAsync(tenant, PrincipalSet.Everyone, CancellationToken.None)).Cancelled);
        Assert.Equal(DocumentStatus.Waiting, (await FindAsync(other, foreign)).Status);
    }

    [Fact]
    public async Task More_than_one_part_is_cancelled_without_a_gap()
    {
        var tenant = await fixture.NewTenantAsync();
        var id = (await fixture.AddAsync(tenant, "a.md", "text")).DocumentId;
        await fixture.ReadAsync<long>("""
            WITH made AS (
                INSERT INTO document (tenant_id, collection_id, source_uri, title, media_type, size_bytes, content_hash, reader_set_id)
                SELECT tenant_id, collection_id, n || '.md', title, media_type, size_bytes, content_hash, reader_set_id
                FROM document, generate_series(1, 1200) AS n WHERE document_id = $1
                RETURNING tenant_id, document_id, content_hash)
            , queued AS (INSERT INTO job (tenant_id, document_id, content_hash) SELECT * FROM made RETURNING 1)
            SELECT count(*) FROM queued
            """, id);

        Assert.Equal(1201, await Store.CancelAsync(tenant, PrincipalSet.Everyone, null, CancellationToken.None));

        Assert.Equal(0L, await fixture.ReadAsync<long>("SELECT count(*) FROM job WHERE tenant_id = $1", tenant));
    }

    private async Task<Document> CancelAsync(TenantId tenant, Guid id) =>
        (await fixture.Documents.CancelAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!;

    private async Task<Document> FindAsync(TenantId tenant, Guid id) =>
        (await fixture.Documents.FindAsync(tenant, PrincipalSet.Everyone, id, CancellationToken.None))!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
