using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Evidence;

public sealed class DocumentShareTests
{
    [Fact]
    public void A_document_with_many_chunks_leaves_room_for_one_that_is_nearly_as_good()
    {
        var candidates = new[] { 1.0, 0.98, 0.96, 0.94 }.Select((score, i) => Candidates.Of($"part {i}", i + 1, score, document: 1))
            .Append(Candidates.Of("another document", 9, 0.9, document: 2)).ToList();

        var result = DocumentShare.Balance(candidates, free: 2, factor: 0.9);

        Assert.Equal([1, 2, 9, 3, 4], result.Select(candidate => candidate.Id));
        Assert.Equal(0.9, Assert.Single(result[3].Decisions).Factor);
    }

    [Fact]
    public void A_document_that_stands_alone_keeps_its_order()
    {
        var candidates = Enumerable.Range(1, 6).Select(i => Candidates.Of($"part {i}", i, 1.0 / i, document: 1)).ToList();

        Assert.Equal([1, 2, 3, 4, 5, 6], DocumentShare.Balance(candidates, free: 2, factor: 0.9).Select(candidate => candidate.Id));
    }
}
