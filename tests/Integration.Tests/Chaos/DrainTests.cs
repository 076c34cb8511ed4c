using System.Diagnostics;
using System.Text;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>An Ingestor that is asked to end while it works, as a platform does at each deployment.</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int Documents = 60;

    // Between SIGTERM and SIGKILL platforms leave 30 s.
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task An_ingestor_that_is_asked_to_end_gives_its_jobs_back_in_time()
    {
        // Leases that outlive the test: nothing is freed by their end.
        await using var system = await ChaosSystem.StartAsync(("Jobs__LeaseSeconds", "600"), ("Jobs__GroupDocuments", "1"));
        await system.ReadyAsync();
        // Half a million characters take each of them a second or two.
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"word{i % 7919} ")));
        for (var i = 0; i < Documents; i++)
        {
            await system.Client.UploadAsync([($"{i}.md", new MemoryStream([.. Encoding.UTF8.GetBytes($"# {i}\n\n"), .. text]))], "drain");
        }
        while (await CountAsync(system, "state = 'running'") < 4)
        {
            await Task.Delay(20);
        }

        // By the clock that the jobs are dated with.
        var began = await system.Database.ReadAsync<string>("SELECT clock_timestamp()::text");
        var watch = Stopwatch.StartNew();
        using var late = new CancellationTokenSource(EndsWithin);
        await Task.WhenAll(system.Ingestors.Select(ingestor => ingestor.DrainAsync(late.Token)));
        output.WriteLine($"ended after {watch.Elapsed.TotalSeconds:0.0} s");

        // The Ingestors have started again by now or will soon: whatever is running since before the end was not given back.
        Assert.Equal(0, await CountAsync(system, $"state = 'running' AND started_at < '{began}' AND lease_until < timestamptz '{began}' + interval '600 seconds'"));
        Assert.Equal(0, await CountAsync(system, "crash_count > 0"));
    }

    private static Task<long> CountAsync(ChaosSystem system, string condition) =>
        system.Database.ReadAsync<long>($"SELECT count(*) FROM job WHERE {condition}");
}
