using AiApp.Rag.Answering;
using AiApp.Rag.Answering.Replays;

namespace AiApp.Rag.Tests.Answering;

public sealed class CitationChangesTests
{
    private static readonly Guid Leave = Guid.NewGuid();
    private static readonly Guid Travel = Guid.NewGuid();

    [Fact]
    public void Citations_are_the_same_when_they_quote_the_same_words_of_the_same_document_of_whatever_version()
    {
        var changes = CitationChanges.Between(
            Answer(Cite(1, Leave, 1, "28 days"), Cite(2, Travel, 1, "320 SEK"), Cite(3, Travel, 1, "28 days")),
            Answer(Cite(1, Travel, 1, "350 SEK"), Cite(2, Leave, 2, "28 days")));

        Assert.Equal((2, Leave, "28 days"), Told(Assert.Single(changes.Kept)));
        Assert.Equal([(2, Travel, "320 SEK"), (3, Travel, "28 days")], changes.Gone.Select(Told));
        Assert.Equal((1, Travel, "350 SEK"), Told(Assert.Single(changes.New)));
    }

    private static (int, Guid, string) Told(Citation citation) => (citation.Marker, citation.Chunk.DocumentId, citation.Quote);

    private static Answer Answer(params Citation[] citations) => new()
    {
        Id = Guid.NewGuid(),
        Question = "",
        Text = "",
        Outcome = AnswerOutcome.Answered,
        Citations = citations,
        Passages = [],
        Usage = new(null, null),
        Provider = "local",
        Model = "extractive-1",
        PromptVersion = "answer.v1:00000000",
        Stages = [],
        DurationMs = 1,
    };

    private static Citation Cite(int marker, Guid document, long version, string quote) => new()
    {
        Marker = marker,
        Chunk = new()
        {
            ChunkId = version,
            CollectionId = 1,
            DocumentId = document,
            VersionId = version,
            VersionNumber = (int)version,
            Title = "",
            SourceUri = "",
            HeadingPath = "",
            Text = quote,
            StartOffset = 0,
            Length = quote.Length,
            Score = 1,
        },
        Quote = quote,
        StartOffset = 0,
        Length = quote.Length,
    };
}
