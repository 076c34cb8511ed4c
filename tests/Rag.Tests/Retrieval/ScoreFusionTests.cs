using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Configuration;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class ScoreFusionTests
{
    [Fact]
    public void A_chunk_in_both_legs_beats_equal_ones_in_one() =>
        Assert.Equal(2, ScoreFusion.Fuse([new(1, 10), new(2, 10)], [new(2, 0.9), new(3, 0.5)], Weighted(0.8))[0].ChunkId);

    [Fact]
    public void With_all_weight_on_one_leg_its_order_stays() =>
        Assert.Equal([1, 2, 3], ScoreFusion.Fuse([new(1, 9), new(2, 5), new(3, 1)], [new(3, 0.9), new(1, 0.1)], Weighted(1)).Select(hit => hit.ChunkId));

    [Fact]
    public void A_weak_vector_leg_cannot_put_its_first_before_the_best_lexical_hit() =>
        Assert.Equal(1, ScoreFusion.Fuse([new(1, 9)], [new(2, 0.2), new(3, 0.1)], Weighted(0.8))[0].ChunkId);

    [Fact]
    public void One_empty_leg_leaves_the_other() =>
        Assert.Equal([4, 5], ScoreFusion.Fuse([], [new(4, 0.9), new(5, 0.8)], Weighted(0.8)).Select(hit => hit.ChunkId));

    [Fact]
    public void Ranks_are_fused_without_a_look_at_the_scores() =>
        Assert.Equal([2, 1, 3], ScoreFusion.Fuse([new(1, 900), new(2, 1)], [new(2, 0.9), new(3, 0.1)], Weighted(0.6) with { Fusion = FusionKind.ReciprocalRank })
            .Select(hit => hit.ChunkId));

    private static RetrievalConfiguration Weighted(double lexical) =>
        new() { Version = 1, EmbeddingModel = "any", Fusion = FusionKind.WeightedSum, LexicalWeight = lexical, LegDepth = 50 };
}
