using AiApp.Rag.Retrieval.Evidence;

namespace AiApp.Rag.Tests.Retrieval.Evidence;

public sealed class NearDuplicatesTests
{
    private const string Rule = "A travel claim must be submitted to the finance team within 14 days of the end of the trip, together with every receipt.";

    [Theory]
    [InlineData(Rule)]
    [InlineData("A travel claim must be submitted to the finance team within 14 days of the end of the trip, together with every receipt!")]
    [InlineData("a TRAVEL claim must be submitted to the finance team -- within 14 days of the end of the trip, together with every receipt")]
    public void The_same_text_in_two_documents_is_one_passage_that_names_both(string other)
    {
        var result = NearDuplicates.Collapse([Candidates.Of(Rule, 1, 0.9), Candidates.Of(other, 2, 0.8)], 0.9);

        Assert.Equal(new EvidenceDecision(EvidenceReason.DuplicateOf) { ChunkId = 1 }, Assert.Single(result[1].Decisions));
        Assert.Equal("doc-2.md", Assert.Single(result[0].ToPassage().AlsoIn).SourceUri);
    }

    [Theory]
    [InlineData("A travel claim must be submitted to the finance team within 30 days of the end of the trip, together with every receipt.")]
    [InlineData("A travel claim must not be submitted to the finance team within 14 days of the end of the trip, together with every receipt.")]
    [InlineData("A travel claim must be submitted to the finance team within 14 days of the end of the trip, together with every receipt. Contractors are exempt from this and send a bill at the end of the month.")]
    public void A_text_that_says_something_else_stays(string other)
    {
        var result = NearDuplicates.Collapse([Candidates.Of(Rule, 1, 0.9), Candidates.Of(other, 2, 0.8)], 0.9);

        Assert.All(result, candidate => Assert.False(candidate.IsOut));
    }

    [Fact]
    public void A_second_copy_in_the_same_document_is_not_named_as_another_one()
    {
        var result = NearDuplicates.Collapse([Candidates.Of(Rule, 1, document: 7), Candidates.Of(Rule, 2, document: 7)], 0.9);

        Assert.True(result[1].IsOut);
        Assert.Empty(result[0].ToPassage().AlsoIn);
    }
}
