namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>From fused candidates to the passages that are shown (docs/adr/0015). Every decision stays with its candidate.</summary>
internal static class EvidenceAssembler
{
    /// <param name="found">Best first, with their fused scores.</param>
    public static List<Candidate> Assemble(RetrievalQuery query, FetchedChunks found, Validity validity, EvidenceOptions options)
    {
        var budget = query.Top * options.TokensPerPassage;
        var longest = options.LongestPassageTokens;
        var candidates = OutdatedTexts.GiveWay([.. found.Found.Select(Candidate.Of)], validity, options.OutdatedFactor);
        candidates = NearDuplicates.Collapse(candidates, options.DuplicateShare);
        candidates = DocumentShare.Balance(candidates, options.FreePerDocument, options.RepeatFactor);
        candidates = PassageSelection.Select(candidates, query.Top, budget, longest);
        return Neighbours.Grow(candidates, found.Neighbours, options.Neighbours, budget, longest);
    }

    /// <summary>The order of fusion and validity alone, for measuring: every chunk stands for itself.</summary>
    public static List<Candidate> Rank(RetrievalQuery query, FetchedChunks found, Validity validity, EvidenceOptions options) =>
        PassageSelection.Select(
            OutdatedTexts.GiveWay([.. found.Found.Select(Candidate.Of)], validity, options.OutdatedFactor), query.Top, int.MaxValue, longest: 0);
}
