namespace AiApp.Contracts;

/// <summary>What the cache of answers did for the tenant from one instant up to another.</summary>
public sealed record CacheReportDto
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>Whether the tenant has a cache now.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>'hit' and 'joined' gave an answer again; the others say why not.</summary>
    public required IReadOnlyList<CacheLookupsDto> Lookups { get; init; }

    /// <summary>How long the answers that were given again once took to be written.</summary>
    public required double SavedSeconds { get; init; }
    public required decimal SavedDollars { get; init; }
    public required FalseHitsDto FalseHits { get; init; }
}

public sealed record CacheLookupsDto(string Result, long Count);

/// <summary>
/// Of a sample of answers given again that were written anew as well: those of which the two differ. 'rate' is null without a sample;
/// with 95 % confidence the true one lies between 'low' and 'high'.
/// </summary>
public sealed record FalseHitsDto(long Sampled, long Different, double? Rate, double Low, double High);

/// <summary>What <c>POST /api/cache/clear</c> did.</summary>
public sealed record CacheClearedDto
{
    /// <summary>False when there is no Redis, or it is out.</summary>
    public required bool Available { get; init; }
    public required int RemovedCount { get; init; }
}
