using System.Collections.Concurrent;
using System.Text;
using AiApp.Integration.Tests.Hosting;
using AiApp.Rag.Gateway;
using AiApp.Rag.Access;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion;
using AiApp.Rag.Jobs;
using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Vector;
using AiApp.Rag.Storage;
using AiApp.Rag.Tenants;

namespace AiApp.Integration.Tests.Retrieval;

/// <summary>A new model beside the old one, over chunks that are being asked all the while.</summary>
public sealed class EmbeddingSpaceTests : IAsyncLifetime
{
    private const int ChunkCount = 2_000;
    private const int KilledAfter = 700;
    private const int Top = 10;

    private TestDatabase _database = null!;
    private TenantId _tenant;

    // How many questions each asker has asked.
    private readonly int[] _asked = new int[2];

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = new(await _database.ReadAsync<int>("INSERT INTO tenant (name) VALUES ('spaces') RETURNING tenant_id"));
        await _database.ReadAsync<int>($"INSERT INTO reader_set (tenant_id, principals) VALUES ({_tenant.Value}, ARRAY['everyone']) RETURNING 1");
        await GeneratedChunks.AddAsync(_database, _tenant, ChunkCount);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_new_model_takes_over_under_load_survives_a_kill_and_gives_way_again()
    {
        using var worker = new SpaceHost(_database, StorageRole.Worker);
        using var api = new SpaceHost(_database, StorageRole.Application);
        Assert.True(await FillAsync(worker, "old"));
        var failures = new ConcurrentQueue<Exception>();
        using var asked = new CancellationTokenSource();
        var load = Enumerable.Range(0, _asked.Length).Select(number => AskAsync(api, number, failures, asked.Token)).ToList();

        await AskedOnAsync();
        await api.Spaces.EnsureAsync(api.Model("new"), CancellationToken.None);
        await KillWhileFillingAsync();
        await AskedOnAsync();
        Assert.Equal(SpaceChange.HasGaps, await api.Administration.SwapAsync(api.Model("new"), force: false, CancellationToken.None));

        Assert.True(await FillAsync(worker, "new"));
        var left = ChunkCount - KilledAfter;
        Assert.InRange(worker.New.Embedded, left, left + 1000);

        Assert.Equal(SpaceChange.Done, await api.Administration.SwapAsync(api.Model("new"), force: false, CancellationToken.None));
        Assert.Equal("new", await SearchedModelAsync(api));
        Assert.Equal("new", await SearchedModelAsync(worker));
        await AskedOnAsync();

        Assert.Equal(SpaceChange.Done, (await api.Administration.RollBackAsync(CancellationToken.None)).Change);
        Assert.Equal("old", await SearchedModelAsync(api));
        await AskedOnAsync();

        Assert.Equal(SpaceChange.Done, await api.Administration.SwapAsync(api.Model("new"), force: false, CancellationToken.None));
        var spaces = await api.Spaces.ListAsync(CancellationToken.None);
        Assert.Equal(SpaceChange.IsCurrent, await api.Administration.DropAsync(spaces[1], CancellationToken.None));
        Assert.Equal(SpaceChange.Done, await api.Administration.DropAsync(spaces[0], CancellationToken.None));
        Assert.Equal(SpaceChange.NoSuchSpace, (await api.Administration.RollBackAsync(CancellationToken.None)).Change);

        await AskedOnAsync();
        await asked.CancelAsync();
        await Task.WhenAll(load);
        Assert.Empty(failures);
        Assert.All(_asked, count => Assert.True(count > 10));
        Assert.Equal((long)ChunkCount, await _database.ReadAsync<long>("SELECT count(*) FROM embedding_2"));
    }

    [Fact]
    public async Task A_space_taken_too_early_is_read_beside_the_one_before_until_it_is_filled()
    {
        using var worker = new SpaceHost(_database, StorageRole.Worker);
        using var api = new SpaceHost(_database, StorageRole.Application);
        Assert.True(await FillAsync(worker, "old"));
        await api.Spaces.EnsureAsync(api.Model("new"), CancellationToken.None);

        Assert.Equal(SpaceChange.Done, await api.Administration.SwapAsync(api.Model("new"), force: true, CancellationToken.None));
        var empty = await RetrieveAsync(api, "a question");
        Assert.Equal((Top, 1, 1), (empty.Chunks.Count, api.Old.Embedded, api.New.Embedded));

        Assert.True(await FillAsync(worker, "new"));
        await RetrieveAsync(api, "a question");
        Assert.Equal((1, 2), (api.Old.Embedded, api.New.Embedded));
    }

    [Fact]
    public async Task A_published_document_is_in_every_space_and_a_space_that_missed_it_is_filled_again()
    {
        using var worker = new SpaceHost(_database, StorageRole.Worker);
        Assert.True(await FillAsync(worker, "old"));
        Assert.True(await FillAsync(worker, "new"));

        await IngestAsync(worker, "both.md");
        Assert.Equal($"{ChunkCount + 1} {ChunkCount + 1}", await CountVectorsAsync());
        Assert.All(await worker.Spaces.ListAsync(CancellationToken.None), space => Assert.True(space.IsFilled));

        worker.New.Beyond = (0, () => throw new ModelProviderException("provider_error", "no route"));
        await IngestAsync(worker, "missed.md");
        var missed = (await worker.Spaces.ListAsync(CancellationToken.None))[1];
        Assert.Equal((EmbeddingSpaceState.Filling, false), (missed.State, missed.IsFilled));

        worker.New.Beyond = null;
        Assert.True(await FillAsync(worker, "new"));
        Assert.Equal($"{ChunkCount + 2} {ChunkCount + 2}", await CountVectorsAsync());
    }

    private async Task IngestAsync(SpaceHost worker, string sourceUri)
    {
        await worker.Get<DocumentStore>().AddAsync(_tenant, PrincipalSet.Everyone, new NewDocument
        {
            Collection = "generated", SourceUri = sourceUri, MediaType = "text/markdown", Bytes = Encoding.UTF8.GetBytes($"text of {sourceUri}"),
        }, CancellationToken.None);
        var job = await worker.Get<JobQueue>().ClaimAsync(CancellationToken.None);
        await worker.Get<IngestionRunner>().RunAsync(job!, CancellationToken.None, CancellationToken.None);
    }

    private Task<string> CountVectorsAsync() =>
        _database.ReadAsync<string>("SELECT (SELECT count(*) FROM embedding_1) || ' ' || (SELECT count(*) FROM embedding_2)");

    /// <summary>A process that ends in the middle of a batch: it gives nothing back, and its lease runs out.</summary>
    private async Task KillWhileFillingAsync()
    {
        using var killed = new SpaceHost(_database, StorageRole.Worker);
        var reached = new TaskCompletionSource();
        killed.New.Beyond = (KilledAfter, () =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.Infinite);
        });
        _ = killed.Filler.RunAsync(CancellationToken.None);
        await reached.Task;
        await _database.ReadAsync<int>("UPDATE embedding_space SET lease_until = now() - interval '1 second' WHERE lease_token IS NOT NULL RETURNING 1");
    }

    private static async Task<bool> FillAsync(SpaceHost host, string model)
    {
        await host.Spaces.EnsureAsync(host.Model(model), CancellationToken.None);
        while (await host.Filler.RunAsync(CancellationToken.None))
        {
        }
        return (await host.Spaces.ListAsync(CancellationToken.None)).Any(space => space.Model == model && space.IsFilled);
    }

    private async Task<string> SearchedModelAsync(SpaceHost host)
    {
        var result = await RetrieveAsync(host, "which space?");
        return (await host.Spaces.ListAsync(CancellationToken.None)).Single(space => space.Id == result.EmbeddingSpaceId).Model;
    }

    private async Task AskAsync(SpaceHost host, int asker, ConcurrentQueue<Exception> failures, CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; Interlocked.Increment(ref _asked[asker]))
        {
            try
            {
                Assert.Equal(Top, (await RetrieveAsync(host, $"question {asker} {_asked[asker]}")).Chunks.Count);
            }
#pragma warning disable CA1031 // Whatever a question meets is what the test is about.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures.Enqueue(failure);
            }
        }
    }

    /// <summary>Until each asker has asked three more: each state is met by questions, however slow the machine is.</summary>
    private async Task AskedOnAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var enough = _asked.Select(count => count + 3).ToArray();
        while (_asked.Zip(enough).Any(asker => asker.First < asker.Second))
        {
            await Task.Delay(5, late.Token);
        }
    }

    private Task<RetrievalResult> RetrieveAsync(SpaceHost host, string question) => host.Retriever.RetrieveAsync(
        new() { Tenant = _tenant, Text = question, Principals = PrincipalSet.Everyone, Top = Top, Assemble = false }, CancellationToken.None);
}
