namespace AiApp.Rag.Retrieval;

/// <summary>
/// Weighted sum of per-query normalised scores. Equal-weight rank fusion loses to BM25 alone when one list is weak
/// (docs/adr/0010), so the weights are explicit and belong to the embedding space.
/// </summary>
internal static class ScoreFusion
{
    public static List<(long ChunkId, double Score)> Fuse(IReadOnlyList<LegHit> lexical, IReadOnlyList<LegHit> vector, double lexicalWeight)
    {
        var scores = new Dictionary<long, double>();
        // BM25 is divided by its best score: zero means "no word in common" and must stay zero.
        Add(scores, lexical, lexicalWeight, floor: 0);
        // Cosine has no natural zero, so the leg's own last score is the floor.
        Add(scores, vector, 1 - lexicalWeight, floor: vector.Count > 1 ? vector[^1].Score : 0);
        return [.. scores.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)];
    }

    private static void Add(Dictionary<long, double> scores, IReadOnlyList<LegHit> hits, double weight, double floor)
    {
        if (hits.Count == 0 || weight == 0)
        {
            return;
        }
        var range = hits[0].Score - floor;
        foreach (var hit in hits)
        {
            var normalised = range <= 0 ? 1 : (hit.Score - floor) / range;
            scores[hit.ChunkId] = scores.GetValueOrDefault(hit.ChunkId) + weight * normalised;
        }
    }
}
