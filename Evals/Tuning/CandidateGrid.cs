using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Evals.Tuning;

/// <summary>
/// The configurations that are tried. All weight on one leg is among them: fusion must earn its place. They stand last at their
/// depth, because of two that rank alike the one with both legs still answers when one of them finds nothing.
/// </summary>
internal static class CandidateGrid
{
    private static readonly double[] Weights = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.985, 0.995, 0, 1];
    private static readonly int[] RankConstants = [5, 20, 60];

    public static List<RetrievalConfiguration> Create(string embeddingModel, IReadOnlyCollection<int> depths)
    {
        var candidates = new List<RetrievalConfiguration>();
        foreach (var depth in depths)
        {
            foreach (var weight in Weights)
            {
                var sum = new RetrievalConfiguration
                {
                    Version = RetrievalConfiguration.CurrentVersion,
                    EmbeddingModel = embeddingModel,
                    Fusion = FusionKind.WeightedSum,
                    LexicalWeight = weight,
                    LegDepth = depth,
                };
                candidates.Add(sum);
                // With all weight on one leg every kind of fusion is the same.
                if (weight is > 0 and < 1)
                {
                    candidates.AddRange(RankConstants.Select(constant => sum with { Fusion = FusionKind.ReciprocalRank, RankConstant = constant }));
                }
            }
        }
        return candidates;
    }
}
