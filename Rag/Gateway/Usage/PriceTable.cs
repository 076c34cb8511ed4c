namespace AiApp.Rag.Gateway.Usage;

/// <summary>Nanodollars for one token: a dollar for a million tokens is 1,000 of them.</summary>
internal sealed record TokenPrices(string Version, decimal Input, decimal CachedInput, decimal Output)
{
    /// <summary>For models that cost nothing, or whose price nobody has said.</summary>
    public static TokenPrices None { get; } = new("none", 0, 0, 0);

    /// <summary>For one call, besides its tokens.</summary>
    public decimal Call { get; init; }

    /// <summary>In nanodollars, rounded up. A call without a token never began.</summary>
    public long Of(TokenCounts tokens) => (long)Math.Ceiling(
        (tokens.Input + tokens.Output > 0 ? Call : 0) + ((tokens.Input - tokens.CachedInput) * Input) + (tokens.CachedInput * CachedInput) + (tokens.Output * Output));
}

/// <summary>The prices of one model, each from its day on. A cost is that of the prices of the day of the call, for good.</summary>
internal sealed class PriceTable(IEnumerable<(DateOnly From, TokenPrices Prices)> versions)
{
    private readonly (DateOnly From, TokenPrices Prices)[] _newestFirst = [.. versions.OrderByDescending(version => version.From)];

    public static PriceTable Free { get; } = new([]);

    public TokenPrices Now(TimeProvider clock) => At(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    public TokenPrices At(DateOnly day)
    {
        foreach (var (from, prices) in _newestFirst)
        {
            if (from <= day)
            {
                return prices;
            }
        }
        return TokenPrices.None;
    }
}
