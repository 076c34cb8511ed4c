namespace AiApp.Rag.Retrieval.Vector;

/// <summary>
/// How one search goes: compare every permitted vector, or walk the distance index with a candidate list of some length.
/// Postgres knows too little for this choice: it takes the index even where that returns too few rows.
/// </summary>
internal readonly record struct VectorPlan(bool IsExact, int EfSearch)
{
    // What an exact scan costs is measured at this many dimensions (docs/adr/0013).
    private const int MeasuredDimensions = 384;
    private const double MeasuredVectors = 250_000;
    private const int LongestList = 1000;

    // So few vectors are compared faster than the index is walked.
    private const int FewVectors = 4000;

    // With more of the table than this the index finds what is permitted on its way.
    private const double NarrowShare = 0.3;

    public static VectorPlan Choose(long permittedChunks, EmbeddingSpace space, int depth, VectorOptions options)
    {
        var exactUpTo = options.ExactUpToChunks * (double)MeasuredDimensions / Math.Max(space.Dimensions, MeasuredDimensions);
        // A space that is being filled holds fewer vectors than the caller may read chunks.
        var compared = Math.Min(permittedChunks, space.EstimatedVectors);
        var isNarrow = compared < NarrowShare * space.EstimatedVectors;
        return compared <= exactUpTo && (isNarrow || compared <= FewVectors)
            ? new(IsExact: true, 0)
            : new(IsExact: false, ListLength(space.EstimatedVectors, depth, options.EfSearch));
    }

    /// <summary>With the square root of the table beyond the size that was measured, and twice as long as the list that is wanted.</summary>
    private static int ListLength(long vectors, int depth, int measured)
    {
        var grown = measured * Math.Sqrt(Math.Max(1, vectors / MeasuredVectors));
        return (int)Math.Clamp(grown, Math.Min(2 * depth, LongestList), LongestList);
    }
}
