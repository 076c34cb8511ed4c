using AiApp.Rag.Operations;

namespace AiApp.Rag.Caching;

/// <summary>What the cache of answers did for one tenant in a range of time.</summary>
public sealed record CacheReport
{
    public required TimeRange Range { get; init; }
    public required bool IsEnabled { get; init; }

    /// <summary>By the words of <see cref="CacheResult"/>.</summary>
    public required IReadOnlyList<(string Result, long Count)> Lookups { get; init; }
    public required TimeSpan SavedTime { get; init; }

    /// <summary>Nanodollars.</summary>
    public required long SavedCost { get; init; }
    public required FalseHits FalseHits { get; init; }
}

/// <summary>Of answers given again that were written anew as well, those of which the two differ.</summary>
public sealed record FalseHits(long Sampled, long Different)
{
    // The 97.5th percentile of the normal distribution: an interval of 95 %.
    private const double Z = 1.959964;

    public double? Rate => Sampled == 0 ? null : (double)Different / Sampled;

    /// <summary>The interval of Wilson, which holds for few samples and for none that differ. Everything without a sample.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            if (Rate is not { } rate)
            {
                return (0, 1);
            }
            double count = Sampled;
            var middle = (rate + (Z * Z / (2 * count))) / (1 + (Z * Z / count));
            var half = Z / (1 + (Z * Z / count)) * Math.Sqrt((rate * (1 - rate) / count) + (Z * Z / (4 * count * count)));
            return (Math.Max(0, middle - half), Math.Min(1, middle + half));
        }
    }
}
