using AiApp.Benchmarks.Retrieval;
using AiApp.Benchmarks.Retrieval.Exact;
using AiApp.Rag.Access;
using AiApp.Rag.Retrieval;

namespace AiApp.Integration.Tests.Benchmarks;

public sealed class ExactIndexTests
{
    private static readonly HashSet<int> All = [1, 2];
    private readonly ExactIndex _index = new(averageLength: 4, dimensions: 2);

    public ExactIndexTests()
    {
        _index.Add(10, 1, ["window", "message"], [2, 2], [1, 0]);
        _index.Add(11, 1, ["message"], [1], [0, 2]);
        _index.Add(12, 2, ["menu"], [1], [1, 1]);
    }

    [Fact]
    public void A_chunk_of_average_length_scores_as_the_formula_says()
    {
        var idf = Math.Log(1 + (3 - 1 + 0.5) / 1.5);

        Assert.Equal(idf * 2 * 2.2 / (2 + 1.2), Assert.Single(_index.ScoreLexemes([Term("window")]).Top(All, 10)).Score, 9);
    }

    [Fact]
    public void Chunks_without_a_common_word_are_no_results_and_every_vector_is_one()
    {
        Assert.Equal([11L, 10], _index.ScoreLexemes([Term("message")]).Top(All, 10).Select(hit => hit.ChunkId));
        Assert.Equal([11L, 12, 10], _index.ScoreVectors([0, 5]).Top(All, 10).Select(hit => hit.ChunkId));
    }

    [Fact]
    public void What_may_not_be_read_is_neither_found_nor_scored()
    {
        var scores = _index.ScoreVectors([0, 1]);

        Assert.Equal(12, Assert.Single(scores.Top(new HashSet<int> { 2 }, 10)).ChunkId);
        Assert.Null(scores.Of(11, new HashSet<int> { 2 }));
    }

    [Fact]
    public void Another_chunk_with_the_same_score_counts_as_found()
    {
        LegHit[] exact = [new(1, 5), new(2, 4), new(3, 4)];
        var scores = exact.ToDictionary(hit => hit.ChunkId, hit => (double?)hit.Score);

        Assert.Equal(1, Recall.At(2, exact, [1, 3], id => scores[id]));
        Assert.Equal(0.5, Recall.At(2, exact, [1], id => scores[id]));
        Assert.Null(Recall.At(2, [], [1], id => scores[id]));
    }

    [Fact]
    public void A_document_is_always_read_by_the_same_groups_and_by_those_who_read_everything()
    {
        Assert.Equal(BenchmarkReaders.Of("a/b.md"), BenchmarkReaders.Of("a/b.md"), (a, b) => a.Principals.SequenceEqual(b.Principals));
        Assert.True(BenchmarkReaders.Of("a/b.md").Includes(BenchmarkReaders.Everything));
        Assert.False(BenchmarkReaders.Of("a/b.md").Includes(PrincipalSet.Everyone));
    }

    [Fact]
    public void A_caller_of_half_the_teams_reads_half_the_documents()
    {
        var half = BenchmarkReaders.All.Single(reader => reader.Percent == 50).Principals;

        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => BenchmarkReaders.Of($"docs/{i}.md").Includes(half)), 4800, 5200);
    }

    private static QueryTerm Term(string lexeme) => new(lexeme, 1, 1, 1);
}
