using AiApp.Contracts;
using AiApp.Rag.Caching;

namespace AiApp.Api.Cache;

internal static class CacheMapping
{
    public static CacheReportDto ToDto(this CacheReport report) => new()
    {
        From = report.Range.From,
        To = report.Range.To,
        IsEnabled = report.IsEnabled,
        Lookups = [.. report.Lookups.Select(lookup => new CacheLookupsDto(lookup.Result, lookup.Count))],
        SavedSeconds = report.SavedTime.TotalSeconds,
        SavedDollars = report.SavedCost / 1e9m,
        FalseHits = ToDto(report.FalseHits),
    };

    private static FalseHitsDto ToDto(FalseHits hits) => new(hits.Sampled, hits.Different, hits.Rate, hits.Interval.Low, hits.Interval.High);
}
