using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class DualReadTests
{
    [Fact]
    public void Lists_of_two_models_are_merged_by_place_and_told_on_the_scale_of_the_first()
    {
        var merged = DualRead.Merge([new(1, 0.9), new(2, 0.8), new(3, 0.7)], [new(4, 0.3), new(2, 0.29), new(5, 0.1)], 4);

        // 4 is the best of its own list; 2 stands at 0.95 of the way there and at half of the way here.
        Assert.Equal([1, 4, 2, 3], merged.Select(hit => hit.ChunkId));
        Assert.Equal([0.9, 0.9, 0.89, 0.7], merged.Select(hit => Math.Round(hit.Score, 4)));
    }

    [Fact]
    public void A_space_that_is_nearly_empty_leaves_the_order_to_the_other() =>
        Assert.Equal([2L, 1L], DualRead.Merge([new LegHit(1, 0.9)], [new LegHit(2, 0.5), new LegHit(1, 0.4)], 5).Select(hit => hit.ChunkId));
}
