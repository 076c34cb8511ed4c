namespace AiApp.Rag.Caching;

/// <summary>What the cache decided about a question.</summary>
public enum CacheResult
{
    Hit,

    /// <summary>The same question was being answered for somebody else, and that answer holds here too.</summary>
    Joined,

    /// <summary>Nothing near enough is kept.</summary>
    MissEmpty,

    /// <summary>Something near is kept, and its question says something else.</summary>
    MissGuard,

    /// <summary>The evidence found now holds something that the cached answer has not seen, or another version of what it cites.</summary>
    MissEvidenceChanged,

    /// <summary>What the cached answer cites is not found for this question by this caller.</summary>
    MissEvidenceDiffers,

    /// <summary>The caller asked for a fresh answer, or the tenant has no cache.</summary>
    Bypass,

    /// <summary>Redis is out, slow, or left alone for a while.</summary>
    Unavailable,
}

internal static class CacheResults
{
    /// <summary>As telemetry and answers' records have it.</summary>
    public static string Word(this CacheResult result) => result switch
    {
        CacheResult.Hit => "hit",
        CacheResult.Joined => "joined",
        CacheResult.MissEmpty => "miss_empty",
        CacheResult.MissGuard => "miss_guard",
        CacheResult.MissEvidenceChanged => "miss_evidence_changed",
        CacheResult.MissEvidenceDiffers => "miss_evidence_differs",
        CacheResult.Bypass => "bypass",
        CacheResult.Unavailable => "unavailable",
    };
}
