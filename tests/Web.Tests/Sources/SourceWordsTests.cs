using AiApp.Contracts;
using AiApp.Web.Components.Pages.Sources;

namespace AiApp.Web.Tests.Sources;

public sealed class SourceWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero);

    private static readonly SourceRunDto Run = new()
    {
        Id = 1, StartedAt = Now.AddMinutes(-2), FinishedAt = Now.AddMinutes(-1), Outcome = "completed",
        Listed = 0, Added = 0, Changed = 0, Unchanged = 0, Deleted = 0, Rejected = 0, Failed = 0, Held = 0, Problems = [],
    };

    private static readonly SourceDto Source = new()
    {
        Id = Guid.Empty, Name = "Handbook", Kind = "git", Collection = "default", Readers = ["everyone"], IntervalSeconds = 900, Enabled = true,
        State = SourceStates.Idle, NextRunAt = Now.AddMinutes(14), CreatedAt = Now, DocumentCount = 12, LastRun = Run,
        Git = new() { Repository = "https://git.example.com/a.git", Branch = "main", Folder = "docs", Secret = "hr" },
    };

    [Theory]
    [InlineData("completed")]
    [InlineData("partial")]
    [InlineData("failed")]
    [InlineData("held")]
    [InlineData("interrupted")]
    [InlineData(null)]
    public void Every_outcome_has_words_and_a_meaning(string? outcome)
    {
        Assert.NotEqual(outcome, SourceWords.Outcome(outcome));
        Assert.NotEmpty(SourceWords.Meaning(Run with { Outcome = outcome }));
    }

    [Fact]
    public void A_state_says_what_matters_most()
    {
        Assert.Equal("Up to date", SourceWords.State(Source).Words);
        Assert.Equal("Last run failed", SourceWords.State(Source with { LastRun = Run with { Outcome = "failed" } }).Words);
        Assert.Equal("Paused", SourceWords.State(Source with { Enabled = false, State = SourceStates.Disabled }).Words);
        Assert.Equal("Waits for you", SourceWords.State(Source with { State = SourceStates.Held, Enabled = false }).Words);
        Assert.Equal("Waiting to run", SourceWords.State(Source with { State = SourceStates.Held, Requested = true }).Words);
        Assert.Equal("Running", SourceWords.State(Source with { State = SourceStates.Running, Requested = true }).Words);
        Assert.Equal("Being removed", SourceWords.State(Source with { State = SourceStates.Removing, Requested = true }).Words);
        Assert.Equal("Waiting to run", SourceWords.State(Source with { LastRun = null }).Words);
    }

    [Fact]
    public void The_next_run_is_told_with_why_when_it_does_not_come()
    {
        Assert.Equal("In 14 min", SourceWords.Next(Source, Now));
        Assert.Equal("Any moment", SourceWords.Next(Source with { NextRunAt = Now.AddSeconds(-2) }, Now));
        Assert.Equal("Due: no worker has taken it yet", SourceWords.Next(Source with { NextRunAt = Now.AddMinutes(-1) }, Now));
        Assert.Equal("When it is resumed", SourceWords.Next(Source with { Enabled = false }, Now));
        Assert.Equal("Any moment", SourceWords.Next(Source with { Enabled = false, Requested = true, NextRunAt = Now }, Now));
        Assert.Equal("Once more, right after this run", SourceWords.Next(Source with { State = SourceStates.Running, Requested = true }, Now));
    }

    [Theory]
    [InlineData(10, "10 s")]
    [InlineData(900, "15 min")]
    [InlineData(3_600, "1 hour")]
    [InlineData(90, "90 s")]
    [InlineData(172_800, "2 days")]
    public void An_interval_is_told_in_its_largest_unit(int seconds, string words) => Assert.Equal(words, SourceWords.Interval(seconds));

    [Fact]
    public void Counts_name_only_what_happened()
    {
        Assert.Equal("2 added, 1 skipped, 12 held", SourceWords.Counts(Run with { Listed = 20, Added = 2, Rejected = 1, Held = 12 }));
        Assert.Equal("nothing new in 1,200 items", SourceWords.Counts(Run with { Listed = 1_200, Unchanged = 1_200 }));
        Assert.Equal("nothing there", SourceWords.Counts(Run));
        Assert.Equal("", SourceWords.Counts(Run with { Outcome = "failed" }));
    }

    [Fact]
    public void Held_deletions_name_how_many_of_how_many()
    {
        Assert.Equal("12 of its 20 documents are gone from the source.", SourceWords.Held(12, 20));
        Assert.Equal("All of its 12 documents are gone from the source.", SourceWords.Held(12, 12));
        Assert.Equal("Its only document is gone from the source.", SourceWords.Held(1, 1));
    }

    [Fact]
    public void A_place_never_holds_more_of_a_secret_than_nothing()
    {
        Assert.Equal("https://git.example.com/a.git, branch main, below docs", SourceWords.Place(Source));
        Assert.Equal("docs at https://acme.blob.core.windows.net, below hr/", SourceWords.Place(Source with
        {
            Git = null,
            AzureBlob = new() { Container = "docs", AccountUrl = "https://acme.blob.core.windows.net", Prefix = "hr/", Secret = "acme" },
        }));
        Assert.Equal("https://a.example/sitemap.xml and 2 others", SourceWords.Place(Source with
        {
            Git = null,
            Web = new() { Sitemaps = ["https://a.example/sitemap.xml"], Urls = ["https://a.example/1", "https://a.example/2"] },
        }));
    }

    [Fact]
    public void Those_who_do_not_see_the_page_are_told_of_beginnings_and_ends_only()
    {
        var running = Source with { State = SourceStates.Running, LastRun = Run with { Id = 2, Outcome = null, FinishedAt = null } };
        var ended = Source with { LastRun = Run with { Id = 2, Listed = 3, Added = 3 } };

        Assert.Null(SourceWords.Announcement(null, Source));
        Assert.Null(SourceWords.Announcement(Source, Source with { Enabled = false }));
        Assert.Equal("Handbook is running.", SourceWords.Announcement(Source, running));
        Assert.Null(SourceWords.Announcement(running, running with { LastRun = running.LastRun with { Listed = 2 } }));
        Assert.Equal("Handbook: completed, 3 added.", SourceWords.Announcement(running, ended));
        Assert.Equal("Handbook: completed, 3 added.", SourceWords.Announcement(Source, ended));
    }
}
