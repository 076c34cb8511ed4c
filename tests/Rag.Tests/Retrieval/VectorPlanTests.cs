using AiApp.Rag.Retrieval.Vector;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class VectorPlanTests
{
    private static readonly VectorOptions Options = new() { ExactUpToChunks = 15_000, EfSearch = 200 };

    [Theory]
    [InlineData(15_000, 384, true)]
    [InlineData(15_001, 384, false)]
    [InlineData(15_000, 32, true)]
    [InlineData(15_001, 32, false)]
    [InlineData(3_750, 1536, true)]
    [InlineData(3_751, 1536, false)]
    public void Few_permitted_chunks_are_compared_one_by_one_and_fewer_when_vectors_are_longer(long permitted, int dimensions, bool exact) =>
        Assert.Equal(exact, VectorPlan.Choose(permitted, Space(1_000_000, dimensions), 50, Options).IsExact);

    [Theory]
    [InlineData(10_000, 10_000, false)]
    [InlineData(10_000, 40_000, true)]
    [InlineData(4_000, 4_000, true)]
    public void Most_of_a_table_is_found_by_the_index_unless_it_is_small(long permitted, long vectors, bool exact) =>
        Assert.Equal(exact, VectorPlan.Choose(permitted, Space(vectors, 384), 50, Options).IsExact);

    [Fact]
    public void A_space_that_holds_few_vectors_yet_is_scanned_whatever_the_caller_may_read() =>
        Assert.True(VectorPlan.Choose(500_000, Space(900, 384), 50, Options).IsExact);

    [Theory]
    [InlineData(200_000, 50, 200)]
    [InlineData(1_000_000, 50, 400)]
    [InlineData(100_000_000, 50, 1000)]
    [InlineData(200_000, 300, 600)]
    [InlineData(200_000, 1000, 1000)]
    public void The_candidate_list_grows_with_the_table_and_with_the_depth(long vectors, int depth, int expected) =>
        Assert.Equal(expected, VectorPlan.Choose(long.MaxValue, Space(vectors, 384), depth, Options).EfSearch);

    private static EmbeddingSpace Space(long vectors, int dimensions) =>
        EmbeddingSpace.Unfilled(1, "test", dimensions, "embedding_1") with { EstimatedVectors = vectors };
}
