namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>The reranker's relevance takes its share of the score; what it did not judge follows behind.</summary>
internal static class Reranked
{
    /// <param name="relevance">0 to 1, for the first candidates in their order.</param>
    /// <param name="weight">Share of the relevance in the score, 0 to 1.</param>
    public static List<Candidate> Order(IReadOnlyList<Candidate> candidates, IReadOnlyList<double> relevance, double weight)
    {
        var judged = candidates.Take(relevance.Count).Select((candidate, i) =>
            candidate.With(new(EvidenceReason.Reranked) { Score = weight * relevance[i] + (1 - weight) * candidate.Score })).ToList();
        var least = judged.Count == 0 ? 1 : judged.Min(candidate => candidate.Score);
        return [.. judged.OrderByDescending(candidate => candidate.Score), .. candidates.Skip(relevance.Count).Select(candidate =>
            candidate.With(new(EvidenceReason.Reranked) { Score = Math.Min(candidate.Score, least) }))];
    }
}
