using AiApp.Rag.Retrieval;

namespace AiApp.Benchmarks.Retrieval.Exact;

internal static class Recall
{
    // Weights are stored with 24 bits and vectors with 11: chunks that differ by less are equally good.
    private const double Tolerance = 1e-3;

    /// <summary>The share of the exact first <paramref name="top"/> that was found; another chunk with the same score counts as found. Null when nothing is to be found.</summary>
    public static double? At(int top, IReadOnlyList<LegHit> exact, IEnumerable<long> found, Func<long, double?> exactScore)
    {
        var wanted = Math.Min(top, exact.Count);
        if (wanted == 0)
        {
            return null;
        }
        var least = exact[wanted - 1].Score - Tolerance;
        return Math.Min(wanted, found.Take(top).Count(id => exactScore(id) >= least)) / (double)wanted;
    }
}
