namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>One document does not crowd out the others: each further candidate of it counts a little less.</summary>
internal static class DocumentShare
{
    /// <param name="free">Candidates of one document that keep their score.</param>
    /// <param name="factor">On the score of each one after these, once more for every one before it.</param>
    public static List<Candidate> Balance(IReadOnlyList<Candidate> candidates, int free, double factor)
    {
        var counts = new Dictionary<Guid, int>();
        return [.. candidates
            .Select(candidate =>
            {
                if (candidate.IsOut)
                {
                    return candidate;
                }
                var document = candidate.Fetched.Chunk.DocumentId;
                var count = counts[document] = counts.GetValueOrDefault(document) + 1;
                return count <= free || factor >= 1
                    ? candidate
                    : candidate.With(new(EvidenceReason.RepeatedDocument) { Factor = Math.Pow(factor, count - free), Value = count, Limit = free });
            })
            .OrderByDescending(candidate => candidate.Score)];
    }
}
