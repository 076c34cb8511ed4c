namespace AiApp.Integration.Tests.Chaos;

/// <summary>What was done to whom.</summary>
internal sealed record ChaosCounts(int Ingestor, int Api, int Parser, int Paused)
{
    public int Kills => Ingestor + Api + Parser;
}

/// <summary>Kills services and parser processes at moments and in an order drawn with the seed, and now and then pauses a worker for longer than its lease.</summary>
internal sealed class ChaosMonkey(ChaosSystem system, int kills, int seed)
{
    private readonly Random _random = new(seed);

    public async Task<ChaosCounts> RunAsync()
    {
        var counts = new ChaosCounts(0, 0, 0, 0);
        while (counts.Kills < kills)
        {
            await Task.Delay(_random.Next(100, 1800));
            var ingestor = system.Ingestors[_random.Next(system.Ingestors.Count)];
            counts = _random.Next(20) switch
            {
                < 8 when ingestor.Kill() => counts with { Ingestor = counts.Ingestor + 1 },
                >= 8 and < 12 when system.Api.Kill() => counts with { Api = counts.Api + 1 },
                >= 12 and < 19 when ingestor.KillChild(_random) => counts with { Parser = counts.Parser + 1 },
                19 when await PauseAsync(ingestor) => counts with { Paused = counts.Paused + 1 },
                _ => counts,
            };
        }
        return counts;
    }

    /// <summary>Longer than the lease: meanwhile the other worker takes the jobs over.</summary>
    private static async Task<bool> PauseAsync(ServiceProcess ingestor)
    {
        if (!ingestor.Pause())
        {
            return false;
        }
        await Task.Delay(ChaosSystem.Lease * 3);
        return ingestor.Resume();
    }
}
