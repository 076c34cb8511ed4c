using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Rag.Retrieval;

/// <summary>
/// One list from two. Equal-weight rank fusion loses to BM25 alone when one list is weak (docs/adr/0010), so the weights are
/// explicit and belong to the embedding space.
/// </summary>
internal static class ScoreFusion
{
    public static List<(long ChunkId, double Score)> Fuse(
        IReadOnlyList<LegHit> lexical, IReadOnlyList<LegHit> vector, RetrievalConfiguration configuration)
    {
        var scores = new Dictionary<long, double>(lexical.Count + vector.Count);
        var vectorWeight = 1 - configuration.LexicalWeight;
        switch (configuration.Fusion)
        {
            case FusionKind.WeightedSum:
                // BM25 is divided by its best score: zero means "no word in common" and must stay zero.
                AddScores(scores, lexical, configuration.LexicalWeight, floor: 0);
                // Cosine has no natural zero, so the leg's own last score is the floor.
                AddScores(scores, vector, vectorWeight, floor: vector.Count > 1 ? vector[^1].Score : 0);
                break;
            case FusionKind.ReciprocalRank:
                AddRanks(scores, lexical, configuration.LexicalWeight, configuration.RankConstant);
                AddRanks(scores, vector, vectorWeight, configuration.RankConstant);
                break;
        }
        return [.. scores.Select(pair => (pair.Key, pair.Value)).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)];
    }

    private static void AddScores(Dictionary<long, double> scores, IReadOnlyList<LegHit> hits, double weight, double floor)
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

    /// <summary>The first place counts the leg's whole weight, so that fused scores stay between 0 and 1.</summary>
    private static void AddRanks(Dictionary<long, double> scores, IReadOnlyList<LegHit> hits, double weight, int constant)
    {
        for (var i = 0; i < hits.Count && weight > 0; i++)
        {
            scores[hits[i].ChunkId] = scores.GetValueOrDefault(hits[i].ChunkId) + weight * (constant + 1) / (constant + i + 1);
        }
    }
}
