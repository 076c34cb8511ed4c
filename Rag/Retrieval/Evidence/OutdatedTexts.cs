namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>Texts that were not valid at the time the question is about give way to those that were.</summary>
internal static class OutdatedTexts
{
    public static List<Candidate> GiveWay(IReadOnlyList<Candidate> candidates, Validity validity, double factor) =>
        [.. candidates
            .Select(candidate => validity.Covers(candidate.Fetched.Chunk.ValidFrom, candidate.Fetched.Chunk.ValidUntil)
                ? candidate
                : candidate.With(new(EvidenceReason.Outdated) { Factor = factor }))
            .OrderByDescending(candidate => candidate.Score)];
}
