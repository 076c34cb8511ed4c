using System.Diagnostics;
using AiApp.Rag.Sources;
using AiApp.Rag.Sources.Folder;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Sources;

public sealed class FolderWatchTests(SourceFixture fixture, ITestOutputHelper output) : IClassFixture<SourceFixture>
{
    [Fact]
    public async Task A_file_that_is_saved_asks_for_a_run_at_once()
    {
        var (tenant, folder) = (await fixture.NewTenantAsync(), fixture.NewFolder());
        FolderSourceTests.Write(folder, ("sub/a.md", "one"));
        var source = await fixture.AddAsync(tenant, new FolderSettings { Path = folder });
        await fixture.RunAsync(source);
        using var stop = new CancellationTokenSource();
        using var hints = new SemaphoreSlim(0);
        var watching = fixture.Get<FolderWatch>().RunAsync(() => hints.Release(), stop.Token);

        // Until it watches, nobody hears a change.
        for (var n = 0; !await hints.WaitAsync(TimeSpan.FromMilliseconds(500)); n++)
        {
            FolderSourceTests.Write(folder, ("sub/a.md", $"before {n}"));
        }
        do
        {
            await fixture.RunAsync(source);
        }
        while (await hints.WaitAsync(TimeSpan.FromSeconds(1)));
        var clock = Stopwatch.StartNew();
        FolderSourceTests.Write(folder, ("sub/b.md", "two"));
        await UntilDueAsync(source);

        Assert.True(await fixture.Get<SourceRunner>().RunNextAsync(CancellationToken.None));
        output.WriteLine($"{clock.ElapsedMilliseconds} ms from saving to the end of the run");
        Assert.Equal(["s/sub/a.md", "s/sub/b.md"], await fixture.UrisAsync(tenant));
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>The hint alone may be that of an earlier change, which a run has followed already.</summary>
    private async Task UntilDueAsync(Source source)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await fixture.ReadAsync<bool>("SELECT requested FROM source WHERE source_id = $1", source.Id))
        {
            await Task.Delay(5, late.Token);
        }
    }
}
