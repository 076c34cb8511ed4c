namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>The same text in two documents is shown once; the better candidate names the others.</summary>
internal static class NearDuplicates
{
    /// <param name="share">Of the worse text's wording that the better one must hold, 0 to 1.</param>
    public static List<Candidate> Collapse(IReadOnlyList<Candidate> candidates, double share)
    {
        var result = candidates.ToList();
        var wordings = result.ConvertAll(candidate => Wording.Of(candidate.Fetched.Chunk.Text));
        for (var worse = 1; worse < result.Count; worse++)
        {
            for (var better = 0; better < worse; better++)
            {
                if (!result[better].IsOut && wordings[worse].IsSaidBy(wordings[better], share))
                {
                    result[better] = result[better] with { Duplicates = [.. result[better].Duplicates, result[worse].Fetched.Chunk] };
                    result[worse] = result[worse].With(new(EvidenceReason.DuplicateOf) { ChunkId = result[better].Id });
                    break;
                }
            }
        }
        return result;
    }
}
