namespace AiApp.Rag.Operations;

/// <summary>
/// Ids of the usage ledger carry their time (RFC 9562, version 7) and are its key: a range of time is a range of the key. They are
/// made by the clocks of the processes and the range is one of the database's clock, so it is taken wider.
/// </summary>
internal static class LedgerIds
{
    // Longer than a call waits for its reservation, and than the clocks of a deployment differ.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(15);

    public static (Guid First, Guid Last) Of(TimeRange range) => (At(range.From - Slack), At(range.To + Slack));

    /// <summary>Those of one request: made after it, and before its deadline was over.</summary>
    public static (Guid First, Guid Last) Of(Guid request) => request.Version == 7
        ? Of(new TimeRange(TimeOf(request), TimeOf(request)))
        : (Guid.Empty, Guid.AllBitsSet);

    private static DateTimeOffset TimeOf(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        long milliseconds = 0;
        foreach (var part in bytes.AsSpan(0, 6))
        {
            milliseconds = (milliseconds << 8) | part;
        }
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds()));
    }

    private static Guid At(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var milliseconds = Math.Max(0, time.ToUnixTimeMilliseconds());
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
        {
            bytes[i] = (byte)milliseconds;
        }
        return new(bytes, bigEndian: true);
    }
}
