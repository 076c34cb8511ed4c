using AiApp.Contracts;

namespace AiApp.Api.Cache;

internal static class CacheExamples
{
    private static readonly DateTimeOffset To = new(2026, 3, 2, 9, 14, 0, TimeSpan.Zero);

    public static CacheReportDto Report { get; } = new()
    {
        From = To.AddDays(-1),
        To = To,
        IsEnabled = true,
        Lookups = [new("hit", 412), new("joined", 9), new("miss_empty", 1204), new("miss_evidence_changed", 17), new("miss_guard", 233)],
        SavedSeconds = 1389.2,
        SavedDollars = 2.417m,
        FalseHits = new(210, 1, 1 / 210.0, 0.0008, 0.0265),
    };
}
