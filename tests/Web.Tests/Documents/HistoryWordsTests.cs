using AiApp.Contracts;
using AiApp.Web.Components.Pages.Documents;
using AiApp.Web.Components.Pages.Documents.History;

namespace AiApp.Web.Tests.Documents;

public sealed class HistoryWordsTests
{
    private static readonly DocumentEventDto Told = new() { At = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero), Kind = "queued", Attempt = 2, Stage = "embedding" };

    [Theory]
    [InlineData("queued")]
    [InlineData("replaced")]
    [InlineData("started")]
    [InlineData("given_back")]
    [InlineData("postponed")]
    [InlineData("failed")]
    [InlineData("crashed")]
    [InlineData("completed")]
    [InlineData("discarded")]
    [InlineData("cancelled")]
    public void Every_kind_of_event_has_words(string kind)
    {
        var headline = HistoryWords.Headline(Told with { Kind = kind });

        Assert.NotEqual(kind, headline);
        Assert.DoesNotContain('_', headline);
    }

    [Fact]
    public void A_failure_tells_the_attempt_the_stage_and_what_to_do()
    {
        Assert.Equal("Attempt 2 failed while it was made searchable", HistoryWords.Headline(Told with { Kind = "failed" }));
        Assert.Equal("Nothing to do yet: it runs again by itself.", HistoryWords.Advice(Told with { Kind = "failed" }));
        Assert.Equal(
            "Save it without a password, then upload it under the same name.",
            HistoryWords.Advice(Told with { Kind = "discarded", Code = ProblemCodes.EncryptedDocument }));
        Assert.Null(HistoryWords.Advice(Told));
    }

    [Fact]
    public void Stages_share_the_bar_by_their_time_in_the_order_they_are_passed()
    {
        var times = StageTime.Of(new Dictionary<string, double> { ["embedding"] = 60, ["reading"] = 30, ["chunking"] = 10 });

        Assert.Equal([("reading", 0.0, 30.0), ("chunking", 30, 10), ("embedding", 40, 60)], times.Select(time => (time.Stage, time.Start, time.Width)));
        Assert.Equal("30 ms", times[0].Duration);
        Assert.Equal("under 1 ms", (times[0] with { Milliseconds = 0.2 }).Duration);
        Assert.Empty(StageTime.Of(null));
        Assert.Empty(StageTime.Of(new Dictionary<string, double> { ["reading"] = 0 }));
    }

    [Fact]
    public void A_receipt_is_a_sentence_with_all_that_was_removed()
    {
        var receipt = new DeletionReceiptDto
        {
            DocumentId = Guid.Empty,
            Collection = "default",
            SourceUri = "a.md",
            Versions = 2,
            Chunks = 9,
            LexicalEntries = 9,
            Vectors = [new() { Model = "old", Dimensions = 384, Count = 9 }, new() { Model = "new", Dimensions = 768, Count = 1 }],
            Files = 2,
            FilesKept = 0,
            FileBytes = 4_810,
            CachedAnswers = 0,
            JobCancelled = false,
            DeletedAt = Told.At,
        };

        Assert.Equal("Deleted a.md: 2 versions, 9 passages, 10 vectors, 2 files (4.8 kB).", DocumentWords.Deleted(receipt));
        Assert.Equal(
            "Deleted a.md: 2 versions, 9 passages, 10 vectors, 1 file (4.8 kB). 1 file stayed: another document holds the same bytes. Its upload was called back.",
            DocumentWords.Deleted(receipt with { FilesKept = 1, JobCancelled = true }));
    }
}
