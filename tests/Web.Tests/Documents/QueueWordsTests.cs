using AiApp.Contracts;
using AiApp.Web.Components.Pages.Documents.Queue;

namespace AiApp.Web.Tests.Documents;

public sealed class QueueWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero);

    private static readonly QueueDto Idle = new()
    {
        Waiting = new() { Interactive = 0, Normal = 0, Bulk = 0 },
        Running = 0,
        Retrying = 0,
        Failed = 0,
        LastMinute = new() { DocumentsPerSecond = 0, ChunksPerSecond = 0 },
        LastFiveMinutes = new() { DocumentsPerSecond = 0, ChunksPerSecond = 0 },
        LastFifteenMinutes = new() { DocumentsPerSecond = 0, ChunksPerSecond = 0 },
        Forecast = new() { Reason = "idle" },
    };

    private static readonly QueueDto Busy = Idle with { Waiting = new() { Interactive = 1, Normal = 0, Bulk = 4 }, Running = 2, Retrying = 1 };

    private static readonly QueueDto Paused = Busy with { Paused = new() { Since = Now.AddMinutes(-3), By = "anna" } };

    [Theory]
    [InlineData(180, 300, "3 to 5 min")]
    [InlineData(20, 41, "20 to 41 s")]
    [InlineData(20, 170, "up to 3 min")]
    [InlineData(200, 205, "3 min")]
    [InlineData(0.2, 0.4, "up to 1 s")]
    [InlineData(5400, 9000, "1.5 to 2.5 h")]
    public void An_interval_is_told_in_the_unit_of_its_longer_end(double earliest, double latest, string words) =>
        Assert.Equal(words, QueueWords.Between(earliest, latest));

    [Fact]
    public void Without_a_forecast_the_reason_is_told()
    {
        Assert.Equal("About 3 to 5 min left", QueueWords.Left(new() { Seconds = 240, EarliestSeconds = 180, LatestSeconds = 300 }));
        Assert.Equal("At least 20 s left", QueueWords.Left(new() { Seconds = 60, EarliestSeconds = 20, LatestSeconds = 170 }));
        Assert.Equal("Up to 1 s left", QueueWords.Left(new() { Seconds = 0.3, EarliestSeconds = 0.2, LatestSeconds = 0.4 }));
        Assert.Equal("Too early to say how long it takes", QueueWords.Left(new() { Reason = "too_little_observed" }));
        Assert.Equal("Goes on when it is resumed", QueueWords.Left(new() { Reason = "paused" }));
        Assert.Null(QueueWords.Left(new() { Reason = "idle" }));
    }

    [Fact]
    public void The_headline_says_what_the_queue_does()
    {
        Assert.Equal("Nothing is waiting", QueueWords.Headline(Idle, Now));
        Assert.Equal("Working on 2 documents", QueueWords.Headline(Busy, Now));
        Assert.Equal("Waiting for a worker", QueueWords.Headline(Busy with { Running = 0 }, Now));
        Assert.Equal("Waiting to try again", QueueWords.Headline(Idle with { Retrying = 3 }, Now));
        Assert.Equal("Paused since 14:02 UTC by anna", QueueWords.Headline(Paused, Now));
        Assert.Equal("Paused since 2 Mar, 14:02 UTC by anna", QueueWords.Headline(Paused, Now.AddDays(1)));
    }

    [Fact]
    public void Only_changes_that_matter_are_announced()
    {
        Assert.Null(QueueWords.Announcement(null, Busy));
        Assert.Null(QueueWords.Announcement(Busy, Busy with { Running = 1 }));
        Assert.Equal("8 uploads in the queue.", QueueWords.Announcement(Idle, Busy));
        Assert.Equal("The queue was paused by anna.", QueueWords.Announcement(Busy, Paused));
        Assert.Equal("The queue goes on.", QueueWords.Announcement(Paused, Busy));
        Assert.Equal("1 document failed.", QueueWords.Announcement(Busy, Busy with { Failed = 1 }));
        Assert.Null(QueueWords.Announcement(Busy with { Failed = 1 }, Busy with { Failed = 2 }));
        Assert.Equal("The queue is empty. 2 documents failed.", QueueWords.Announcement(Busy with { Failed = 1 }, Idle with { Failed = 2 }));
    }
}
