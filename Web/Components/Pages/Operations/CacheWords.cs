using System.Globalization;
using AiApp.Contracts;

namespace AiApp.Web.Components.Pages.Operations;

/// <summary>What the cache of answers did, as people read it.</summary>
internal static class CacheWords
{
    private static readonly string[] Order = ["hit", "joined", "miss_empty", "miss_guard", "miss_evidence_changed", "miss_evidence_differs", "bypass", "unavailable"];

    public static bool IsHit(string result) => result is "hit" or "joined";

    public static int Place(string result) => Array.IndexOf(Order, result) is var place and >= 0 ? place : Order.Length;

    public static string Result(string result) => result switch
    {
        "hit" => "A kept answer was given again",
        "joined" => "Answered together with the same question of somebody else",
        "miss_empty" => "Nothing like it was kept",
        "miss_guard" => "The nearest kept question asks something else",
        "miss_evidence_changed" => "The documents have changed since",
        "miss_evidence_differs" => "The kept answer's sources were not found for this question",
        "bypass" => "A fresh answer was wanted, or the cache was off",
        "unavailable" => "The cache could not be reached",
        _ => result.Replace('_', ' '),
    };

    /// <summary>"421 of 1,875 questions were answered again (22.5 %): 23.2 min and $2.42 saved."</summary>
    public static string Saved(CacheReportDto report)
    {
        var hits = report.Lookups.Where(lookup => IsHit(lookup.Result)).Sum(lookup => lookup.Count);
        var all = report.Lookups.Sum(lookup => lookup.Count);
        return hits == 0
            ? $"None of {Questions(all)} got an answer that was there already."
            : $"{OperationsWords.Count(hits)} of {Questions(all)} got an answer that was there already ({OperationsWords.Percent(hits, all)}). "
                + $"That saved {OperationsWords.Time(report.SavedSeconds * 1000)} of writing and {OperationsWords.Dollars(report.SavedDollars)}.";
    }

    /// <summary>How often an answer given again was false, and how sure that is.</summary>
    public static string FalseHits(FalseHitsDto hits) => hits is { Sampled: > 0, Rate: { } rate }
        ? $"False hits: {Percent(rate)}. Of {Answers(hits.Sampled)} given again that were written anew as well, unseen, {OperationsWords.Count(hits.Different)} "
            + $"{(hits.Different == 1 ? "was" : "were")} different; with 95 % confidence the true share lies between {Percent(hits.Low)} and {Percent(hits.High)}."
        : "False hits: not known. None of the answers given again in this time was written anew as well.";

    private static string Questions(long count) => $"{OperationsWords.Count(count)} question{(count == 1 ? "" : "s")}";

    private static string Answers(long count) => $"{OperationsWords.Count(count)} answer{(count == 1 ? "" : "s")}";

    private static string Percent(double share) => share.ToString(share is > 0 and < 0.01 ? "0.00 %" : "0.0 %", CultureInfo.InvariantCulture);
}
