namespace AiApp.Rag.Gateway.Usage;

/// <summary>What a call may cost at worst, and who bears it.</summary>
internal sealed record Reservation
{
    public required Guid Id { get; init; }
    public required ModelRequest Request { get; init; }
    public required int Attempt { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public required TokenPrices Prices { get; init; }

    /// <summary>Nanodollars.</summary>
    public required long AtMost { get; init; }

    /// <summary>After that the process that made it is taken for dead.</summary>
    public required TimeSpan Lease { get; init; }
}

/// <summary>What a call has cost.</summary>
internal sealed record Settlement(Reservation Reservation, string Outcome, TokenCounts Tokens, long Cost);

/// <summary>Every call of every provider, reserved before and settled after. A seam: calls are tested without a database.</summary>
internal interface IUsageLedger
{
    /// <exception cref="QuotaExceededException">A budget cannot bear it.</exception>
    Task ReserveAsync(Reservation reservation, CancellationToken ct);

    /// <summary>Returns at once; it is written down soon after, and before the process ends.</summary>
    void Settle(Settlement settlement);
}
