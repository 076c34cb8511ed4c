namespace AiApp.Benchmarks.Measuring;

/// <summary>One pass over all queries.</summary>
internal sealed record Round(IReadOnlyList<double> DurationsMs, double ElapsedMs)
{
    public double P50 => Percentiles.At(DurationsMs, 0.5);
    public double P95 => Percentiles.At(DurationsMs, 0.95);
    public double P99 => Percentiles.At(DurationsMs, 0.99);
    public double PerSecond => DurationsMs.Count / ElapsedMs * 1000;
}

/// <summary>Lowest and highest value over the rounds: the noise of the machine.</summary>
internal sealed record Spread(double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        return new(all.Min(), all.Max());
    }
}

/// <summary>Durations in milliseconds of one subject; each figure is the median of its rounds.</summary>
internal sealed record Measurement
{
    public required string Name { get; init; }
    public required int Clients { get; init; }
    public required int Rounds { get; init; }
    public required int CallsPerRound { get; init; }
    public required double P50Ms { get; init; }
    public required double P95Ms { get; init; }
    public required double P99Ms { get; init; }
    public required double PerSecond { get; init; }
    public required Spread P50Spread { get; init; }
    public required Spread P95Spread { get; init; }

    public static Measurement Of(string name, int clients, IReadOnlyList<Round> rounds) => new()
    {
        Name = name,
        Clients = clients,
        Rounds = rounds.Count,
        CallsPerRound = rounds[0].DurationsMs.Count,
        P50Ms = Percentiles.Median([.. rounds.Select(round => round.P50)]),
        P95Ms = Percentiles.Median([.. rounds.Select(round => round.P95)]),
        P99Ms = Percentiles.Median([.. rounds.Select(round => round.P99)]),
        PerSecond = Percentiles.Median([.. rounds.Select(round => round.PerSecond)]),
        P50Spread = Spread.Of(rounds.Select(round => round.P50)),
        P95Spread = Spread.Of(rounds.Select(round => round.P95)),
    };
}
