namespace AiApp.Rag.Retrieval.Evidence;

/// <summary>From fused candidates to the passages that are shown (docs/adr/0015). Every decision stays with its candidate.</summary>
internal static class EvidenceAssembler
{
    /// <param name="candidates">Best first.</param>
    /// <param name="neighbours">Chunks beside the first of them.</param>
    public static List<Candidate> Assemble(
        RetrievalQuery query, IReadOnlyList<Candidate> candidates, IReadOnlyList<FetchedChunk> neighbours, Validity validity, EvidenceOptions options)
    {
        var budget = query.Top * options.TokensPerPassage;
        var longest = options.LongestPassageTokens;
        var judged = OutdatedTexts.GiveWay(candidates, validity, options.OutdatedFactor);
        judged = NearDuplicates.Collapse(judged, options.DuplicateShare);
        judged = DocumentShare.Balance(judged, options.FreePerDocument, options.RepeatFactor);
        judged = PassageSelection.Select(judged, query.Top, budget, longest);
        return Neighbours.Grow(judged, neighbours, options.Neighbours, budget, longest);
    }

    /// <summary>The order of the candidates and validity alone, for measuring: every chunk stands for itself.</summary>
    public static List<Candidate> Rank(RetrievalQuery query, IReadOnlyList<Candidate> candidates, Validity validity, EvidenceOptions options) =>
        PassageSelection.Select(OutdatedTexts.GiveWay(candidates, validity, options.OutdatedFactor), query.Top, int.MaxValue, longest: 0);
}
