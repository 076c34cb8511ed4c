using System.Globalization;
using Xunit.Abstractions;

namespace AiApp.Integration.Tests.Chaos;

/// <summary>
/// Processes killed at any moment while documents are uploaded, replaced and deleted. The figures are small enough for every
/// commit; AIAPP_CHAOS_KILLS, AIAPP_CHAOS_DOCUMENTS and AIAPP_CHAOS_SEED make a longer run.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Nothing_is_lost_doubled_or_mixed_whoever_is_killed()
    {
        var (kills, count, seed) = (Setting("KILLS", 15), Setting("DOCUMENTS", 120), Setting("SEED", 7));
        await using var system = await ChaosSystem.StartAsync(("Chunking__MaxTokensPerChunk", "64"), ("Chunking__MinTokensPerChunk", "0"));
        var workload = new ChaosWorkload(system.Client, count, seed);
        var reader = new ChaosReader(system.Client, workload.Documents, seed);
        using var written = new CancellationTokenSource();
        using var seen = new CancellationTokenSource();
        var writing = workload.RunAsync(writers: 4, written.Token);
        var reading = reader.RunAsync(seen.Token);

        var done = await new ChaosMonkey(system, kills, seed).RunAsync();
        await written.CancelAsync();
        await writing;

        var check = new ChaosCheck(system.Database, workload.Documents);
        await RestAsync(check, reader);
        await seen.CancelAsync();
        await reading;
        var faults = await check.ListFaultsAsync();
        output.WriteLine($"seed {seed}: {done}, {workload.Acknowledged} calls acknowledged over {count} documents, {reader.Seen} looks of the reader");
        Assert.Empty(faults);
        Assert.Empty(reader.Mixed);
    }

    /// <summary>Until all has been ingested, and something of it was seen.</summary>
    private static async Task RestAsync(ChaosCheck check, ChaosReader reader)
    {
        using var late = new CancellationTokenSource(RestWithin);
        while (await check.CountUnfinishedAsync() > 0 || reader.Seen == 0)
        {
            await Task.Delay(200, late.Token);
        }
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable($"AIAPP_CHAOS_{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
