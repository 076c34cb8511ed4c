using System.Runtime.CompilerServices;
using AiApp.Rag.Access;
using AiApp.Rag.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace AiApp.Integration.Tests.Sources;

/// <summary>Runs over a source that does what a test says.</summary>
public sealed class SourceRunTests(SourceRunTests.ScriptedFixture fixture) : IClassFixture<SourceRunTests.ScriptedFixture>
{
    private Scripted Source => fixture.Source;

    [Fact]
    public async Task One_bad_item_does_not_stop_a_run_and_keeps_its_document()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"), ("c.md", "1"));
        await fixture.RunAsync(source);
        Source.Items = [("a.md", "2"), ("b.md", "2"), ("c.md", "2")];
        Source.Read = item => item.Path == "b.md" ? throw new InvalidOperationException("a bug") : Scripted.Text(item);

        var partial = await fixture.RunAsync(source);
        Source.Read = Scripted.Text;
        var repaired = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Partial, new RunCounts(Listed: 3, Changed: 2, Failed: 1)), (partial.Outcome!.Value, partial.Counts));
        Assert.Equal(new ItemProblem("b.md", SourceCodes.Internal, "The item could not be taken in (InvalidOperationException)."), Assert.Single(partial.Problems));
        Assert.Equal(new RunCounts(Listed: 3, Changed: 1, Unchanged: 2), repaired.Counts);
    }

    [Fact]
    public async Task A_listing_that_breaks_off_deletes_nothing()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"), ("c.md", "1"));
        await fixture.RunAsync(source);
        Source.Items = [("a.md", "1"), ("!", "the line broke"), ("b.md", "1")];

        var run = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Partial, 0), (run.Outcome!.Value, run.Counts.Deleted));
        Assert.Equal(3, (await fixture.UrisAsync(tenant)).Count);
    }

    [Fact]
    public async Task A_source_that_is_down_is_asked_again_before_its_interval_is_over()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("!", "down"));

        var run = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Failed, "down"), (run.Outcome!.Value, run.Problems[0].Reason));
        Assert.InRange(await SecondsUntilNextAsync(source), 20, 60);
        await fixture.RunAsync(source);
        Assert.InRange(await SecondsUntilNextAsync(source), 50, 120);
    }

    [Fact]
    public async Task An_unchanged_item_is_not_read()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, [.. Enumerable.Range(0, 200).Select(n => ($"{n}.md", "1"))]);
        await fixture.RunAsync(source);
        var reads = Source.Reads;

        Assert.Equal(new RunCounts(Listed: 200, Unchanged: 200), (await fixture.RunAsync(source)).Counts);
        Assert.Equal(reads, Source.Reads);
    }

    [Fact]
    public async Task A_killed_workers_run_is_interrupted_and_taken_up_again_by_another()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"));
        // Claimed, and then silence: what a kill leaves behind.
        var dead = await ClaimAsync(source);
        Assert.False(await IsDueAsync(source));
        await ExpireAsync(source);

        var run = await fixture.RunAsync(source);

        Assert.Equal((RunOutcome.Completed, 2), (run.Outcome!.Value, run.Counts.Added));
        var runs = await fixture.Store.ListRunsAsync(tenant, PrincipalSet.Everyone, source.Id, 9, CancellationToken.None);
        Assert.Equal([RunOutcome.Completed, RunOutcome.Interrupted], runs.Select(r => r.Outcome!.Value));
        Assert.False(await fixture.Queue.FinishAsync(dead, new(RunOutcome.Completed, new(), [], true), CancellationToken.None));
    }

    [Fact]
    public async Task A_run_killed_in_the_middle_of_an_item_is_made_again_without_a_second_document()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"));
        var claimed = await ClaimAsync(source);
        var items = new SourceItems(fixture.Get<Npgsql.NpgsqlDataSource>(), claimed);
        // The item was marked and stored, but not recorded.
        Assert.True(await items.BeginAsync("a.md", CancellationToken.None));
        await fixture.Documents.AddAsync(tenant, PrincipalSet.Everyone,
            new() { Collection = "default", SourceUri = "s/a.md", MediaType = "text/markdown", Bytes = Scripted.Text(new() { Path = "a.md", Fingerprint = "1" }).Bytes }, CancellationToken.None);
        await ExpireAsync(source);

        var run = await fixture.RunAsync(source);

        Assert.Equal(new RunCounts(Listed: 1, Unchanged: 1), run.Counts);
        Source.Items = [("b.md", "1")];
        Assert.Equal(new RunCounts(Listed: 1, Added: 1, Deleted: 1), (await fixture.RunAsync(source)).Counts);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_changes_nothing()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"));
        var claimed = await ClaimAsync(source);
        await ExpireAsync(source);
        var newOwner = await ClaimAsync(source);

        await fixture.Get<SourceRunner>().RunAsync(claimed, CancellationToken.None);

        Assert.Empty(await fixture.UrisAsync(tenant));
        Assert.True(await fixture.Queue.ReleaseAsync(newOwner, new(RunOutcome.Interrupted, new(), [], false), outage: false, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_given_back_at_once()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"));
        using var stop = new CancellationTokenSource();
        Source.Read = item =>
        {
            stop.Cancel();
            return Scripted.Text(item);
        };
        var claimed = await ClaimAsync(source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Get<SourceRunner>().RunAsync(claimed, stop.Token));
        Source.Read = Scripted.Text;

        Assert.True(await IsDueAsync(source));
        Assert.Equal(RunOutcome.Completed, (await fixture.RunAsync(source)).Outcome);
        Assert.Equal(2, (await fixture.UrisAsync(tenant)).Count);
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease()
    {
        var tenant = await fixture.NewTenantAsync();
        var source = await NewAsync(tenant, ("a.md", "1"), ("b.md", "1"));
        Source.Reading = async ct =>
        {
            // Until the lease, a second long when the run began, has been renewed past its end.
            var first = await fixture.ReadAsync<DateTime>("SELECT lease_until FROM source WHERE source_id = $1", source.Id);
            while (await fixture.ReadAsync<DateTime>("SELECT now()") < first)
            {
                ct.ThrowIfCancellationRequested();
            }
        };

        var run = await fixture.RunAsync(source);
        Source.Reading = null;

        Assert.Equal((RunOutcome.Completed, 2), (run.Outcome!.Value, run.Counts.Added));
    }

    [Fact]
    public async Task Two_workers_never_run_the_same_source()
    {
        var tenant = await fixture.NewTenantAsync();
        for (var n = 0; n < 8; n++)
        {
            await NewAsync(tenant, $"source {n}", ("a.md", "1"));
        }
        using var other = fixture.Build();

        await Task.WhenAll(new[] { fixture.Get<SourceRunner>(), other.Services.GetRequiredService<SourceRunner>() }.Select(async runner =>
        {
            while (await runner.RunNextAsync(CancellationToken.None))
            {
            }
        }));

        Assert.Equal(8L, await fixture.ReadAsync<long>("SELECT count(*) FROM source_run WHERE tenant_id = $1 AND outcome = 'completed'", tenant));
        Assert.Equal(8, (await fixture.UrisAsync(tenant)).Count);
    }

    private Task<Source> NewAsync(Rag.Tenants.TenantId tenant, params (string, string)[] items) => NewAsync(tenant, "s", items);

    private Task<Source> NewAsync(Rag.Tenants.TenantId tenant, string name, params (string, string)[] items)
    {
        Source.Items = items;
        return fixture.AddAsync(tenant, new AzureBlobSettings { Container = "scripted" }, name);
    }

    private async Task<ClaimedSource> ClaimAsync(Source source)
    {
        while (await fixture.Queue.ClaimAsync(CancellationToken.None) is { } claimed)
        {
            if (claimed.Id == source.Id)
            {
                return claimed;
            }
        }
        throw new InvalidOperationException("The source is not due.");
    }

    private Task<bool> IsDueAsync(Source source) =>
        fixture.ReadAsync<bool>("SELECT state = 'idle' AND next_run_at <= now() FROM source WHERE source_id = $1", source.Id);

    private Task<int> ExpireAsync(Source source) =>
        fixture.ReadAsync<int>("UPDATE source SET lease_until = now() - interval '1 second' WHERE source_id = $1 RETURNING 1", source.Id);

    private Task<int> SecondsUntilNextAsync(Source source) =>
        fixture.ReadAsync<int>("SELECT extract(epoch FROM next_run_at - now())::integer FROM source WHERE source_id = $1", source.Id);

    public sealed class ScriptedFixture : SourceFixture
    {
        internal Scripted Source { get; } = new();

        protected override void Configure(IHostApplicationBuilder builder)
        {
            builder.Services.RemoveAll<ISourceConnector>();
            builder.Services.AddSingleton<ISourceConnector>(Source);
        }
    }

    internal sealed class Scripted : ISourceConnector
    {
        public IReadOnlyList<(string Path, string Fingerprint)> Items { get; set; } = [];
        public Func<SourceItem, ItemContent> Read { get; set; } = Text;
        public Func<CancellationToken, Task>? Reading { get; set; }
        public int Reads { get; private set; }

        public static ItemContent Text(SourceItem item) => new(System.Text.Encoding.UTF8.GetBytes($"{item.Path} {item.Fingerprint}"));

        public bool CanRead(SourceSettings settings) => true;

        public async IAsyncEnumerable<SourceItem> ListAsync(SourceReading reading, [EnumeratorCancellation] CancellationToken ct)
        {
            foreach (var (path, fingerprint) in Items)
            {
                await Task.Yield();
                yield return path == "!" ? throw new SourceException(SourceCodes.Unreachable, fingerprint) : new SourceItem { Path = path, Fingerprint = fingerprint };
            }
        }

        public async Task<ItemContent> ReadAsync(SourceReading reading, SourceItem item, CancellationToken ct)
        {
            Reads++;
            if (Reading is not null)
            {
                await Reading(ct);
            }
            ct.ThrowIfCancellationRequested();
            return Read(item);
        }
    }
}
