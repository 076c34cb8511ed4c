using AiApp.Rag.Retrieval.Evidence;
using AiApp.Rag.Retrieval.Explain;
using AiApp.Rag.Tests.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Explain;

public sealed class CandidateFateTests
{
    private static readonly Candidate Shown = Candidates.Of("shown", 1, 0.8).With(new(EvidenceReason.Kept) { Value = 1, Limit = 1 });

    [Fact]
    public void A_factor_that_cost_the_place_is_the_reason()
    {
        var repeated = Below(new(EvidenceReason.RepeatedDocument) { Factor = 0.7, Value = 4, Limit = 3 });

        Assert.Equal(DocumentFate.CrowdedOut, CandidateFate.Of(repeated, [Shown, repeated]).Fate);
    }

    [Fact]
    public void A_factor_that_cost_nothing_is_not_blamed()
    {
        var repeated = Below(new(EvidenceReason.RepeatedDocument) { Factor = 0.95, Value = 4, Limit = 3 }, score: 0.5);

        Assert.Equal(DocumentFate.BelowTop, CandidateFate.Of(repeated, [Shown, repeated]).Fate);
    }

    [Fact]
    public void A_candidate_that_is_too_long_says_by_how_much()
    {
        var candidate = Candidates.Of("long", 2).With(new(EvidenceReason.OverBudget) { Value = 700, Limit = 120 });

        var finding = CandidateFate.Of(candidate, [Shown, candidate]);

        Assert.Equal((DocumentFate.OverTokenBudget, "It has about 700 tokens, and 120 were left."), (finding.Fate, finding.Reason));
    }

    [Fact]
    public void A_merged_candidate_names_the_passage_it_is_in()
    {
        var candidate = Candidates.Of("beside", 2).With(new(EvidenceReason.MergedInto) { ChunkId = 1 });

        Assert.Contains("passage 1", CandidateFate.Of(candidate, [Shown, candidate]).Reason, StringComparison.Ordinal);
    }

    private static Candidate Below(EvidenceDecision decision, double score = 0.9) =>
        Candidates.Of("below", 2, score).With(decision).With(new(EvidenceReason.BelowTop) { Value = 2, Limit = 1 });
}
