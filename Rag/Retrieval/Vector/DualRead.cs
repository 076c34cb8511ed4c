namespace AiApp.Rag.Retrieval.Vector;

/// <summary>One list from two spaces, while the first has gaps. Similarities of two models do not compare.</summary>
internal static class DualRead
{
    /// <summary>
    /// Each list is stretched between its own last and best score, a chunk of both counts with its better place, and the result is
    /// told on the first list's scale.
    /// </summary>
    public static List<LegHit> Merge(IReadOnlyList<LegHit> first, IReadOnlyList<LegHit> second, int depth)
    {
        if (first.Count < 2)
        {
            // One hit has no scale.
            return [.. second.Concat(first.Where(hit => !second.Any(other => other.ChunkId == hit.ChunkId))).Take(depth)];
        }
        var floor = first[^1].Score;
        var range = first[0].Score - floor;
        var merged = new Dictionary<long, double>();
        foreach (var (chunkId, place) in Normalise(first).Concat(Normalise(second)))
        {
            merged[chunkId] = Math.Max(merged.GetValueOrDefault(chunkId), place);
        }
        return [.. merged.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(depth).Select(pair => new LegHit(pair.Key, floor + pair.Value * range))];
    }

    private static IEnumerable<(long ChunkId, double Place)> Normalise(IReadOnlyList<LegHit> hits)
    {
        if (hits.Count == 0)
        {
            return [];
        }
        var floor = hits[^1].Score;
        var range = hits[0].Score - floor;
        return hits.Select(hit => (hit.ChunkId, range <= 0 ? 1 : (hit.Score - floor) / range));
    }
}
