using Pgvector;

namespace AiApp.Polyfills.Tests.Pgvector;

public sealed class VectorTextTests
{
    [Fact]
    public void A_vector_prints_as_pgvector_reads_it() =>
        Assert.Equal("[1,2.5,-3]", new Vector(new float[] { 1, 2.5f, -3 }).ToString());

    [Fact]
    public void A_vector_reads_what_it_prints() =>
        Assert.Equal([1, 2.5f, -3], new Vector("[1,2.5,-3]").ToArray());

    [Fact]
    public void A_half_vector_prints_as_pgvector_reads_it() =>
        Assert.Equal("[1,2.5,-3]", new HalfVector(new[] { (Half)1, (Half)2.5, (Half)(-3) }).ToString());

    [Fact]
    public void A_half_vector_reads_what_it_prints() =>
        Assert.Equal([(Half)1, (Half)2.5], new HalfVector("[1,2.5]").ToArray());

    [Fact]
    public void A_sparse_vector_prints_indices_from_one() =>
        Assert.Equal("{1:1,3:2.5}/4", new SparseVector(new float[] { 1, 0, 2.5f, 0 }).ToString());

    [Fact]
    public void A_sparse_vector_reads_what_it_prints() =>
        Assert.Equal([1, 0, 2.5f, 0], new SparseVector("{1:1,3:2.5}/4").ToArray());

    [Fact]
    public void A_sparse_vector_from_a_dictionary_is_ordered_and_drops_zeros()
    {
        var sparse = new SparseVector(new Dictionary<int, float> { [5] = 2, [1] = 3, [4] = 0 }, 6);
        Assert.Equal([1, 5], sparse.Indices.ToArray());
        Assert.Equal([3f, 2f], sparse.Values.ToArray());
        Assert.Equal(6, sparse.Dimensions);
    }

    [Fact]
    public void A_sparse_vector_refuses_as_many_values_as_not_indices() =>
        Assert.Throws<ArgumentException>(() => new SparseVector(3, new[] { 0, 1 }, new float[] { 1 }));

    [Fact]
    public void Vectors_with_the_same_elements_are_equal()
    {
        Assert.Equal(new Vector("[1,2]"), new Vector(new float[] { 1, 2 }));
        Assert.True(new Vector("[1,2]") == new Vector("[1,2]"));
        Assert.True(new Vector("[1,2]") != new Vector("[1,3]"));
        Assert.Equal(new Vector("[1,2]").GetHashCode(), new Vector("[1,2]").GetHashCode());
        Assert.Equal(new HalfVector("[1,2]"), new HalfVector("[1,2]"));
        Assert.Equal(new SparseVector("{1:2}/3"), new SparseVector("{1:2}/3"));
        Assert.NotEqual(new SparseVector("{1:2}/3"), new SparseVector("{1:2}/4"));
    }
}
