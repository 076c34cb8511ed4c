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
        await fixture.RunAsync(source);
        while (await hints.WaitAsync(TimeSpan.FromSeconds(1)))
        {
        }
        var clock = Stopwatch.StartNew();
        FolderSourceTests.Write(folder, ("sub/b.md", "two"));
        await hints.WaitAsync();

        Assert.True(await fixture.Get<SourceRunner>().RunNextAsync(CancellationToken.None));
        output.WriteLine($"{clock.ElapsedMilliseconds} ms from saving to the end of the run");
        Assert.Equal(["s/sub/a.md", "s/sub/b.md"], await fixture.UrisAsync(tenant));
        await stop.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
