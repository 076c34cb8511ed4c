using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Evidence;

public sealed class RerankedTests
{
    private static readonly Candidate[] Three = [Candidates.Of("one", 1, 0.9), Candidates.Of("two", 2, 0.8), Candidates.Of("three", 3, 0.7)];

    [Fact]
    public void The_relevance_decides_alone_at_a_weight_of_one()
    {
        var result = Reranked.Order(Three, [0.1, 0.3, 0.2], weight: 1);

        Assert.Equal([(2, 0.3), (3, 0.2), (1, 0.1)], result.Select(candidate => (candidate.Id, candidate.Score)));
    }

    [Fact]
    public void Below_a_weight_of_one_the_fused_score_counts_too() =>
        Assert.Equal([1, 2, 3], Reranked.Order(Three, [0.2, 0.2, 0.2], weight: 0.5).Select(candidate => candidate.Id));

    [Fact]
    public void What_was_not_judged_follows_behind()
    {
        var result = Reranked.Order(Three, [0.1, 0.2], weight: 1);

        Assert.Equal([2, 1, 3], result.Select(candidate => candidate.Id));
        Assert.True(result[2].Score <= result[1].Score);
    }
}
