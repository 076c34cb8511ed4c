namespace AiApp.Rag.Operations;

/// <summary>From an instant up to another, cut into at most 60 slices that begin at round times of UTC.</summary>
public sealed record TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    private const int MostSlices = 60;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Each divides a day.
    private static readonly TimeSpan[] Widths =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), Day,
    ];

    public TimeSpan Slice => Widths.FirstOrDefault(width => (To - From) / width <= MostSlices, 2 * Day);

    /// <summary>What is paid for is told by the day, and by the hour where less than two days are looked at.</summary>
    public TimeSpan UsageSlice => To - From <= 2 * Day ? TimeSpan.FromHours(1) : Day;
}
