using AiApp.Contracts;
using AiApp.Web.Components.Pages.Documents;
using AiApp.Web.Tests.Answers;

namespace AiApp.Web.Tests.Documents;

public sealed class DocumentFeedTests : IAsyncDisposable
{
    private readonly DocumentFeed feed = new(
        new ScriptedApi { Script = (_, _) => throw new InvalidOperationException("Nothing is asked.") }.Client, TimeProvider.System, () => Task.CompletedTask);

    public ValueTask DisposeAsync() => feed.DisposeAsync();

    [Fact]
    public void A_reply_that_an_event_has_overtaken_changes_nothing()
    {
        feed.Put(Document("failed", second: 2));

        feed.Put(Document("waiting", second: 1));

        Assert.Equal("failed", Assert.Single(feed.Items).Status);
    }

    [Fact]
    public void What_was_deleted_is_not_brought_back_by_an_event_from_before()
    {
        feed.Put(Document("ready", second: 1));
        feed.Remove(Guid.Empty);

        feed.Put(Document("ready", second: 1));

        Assert.Empty(feed.Items);
    }

    private static DocumentDto Document(string status, int second) => new()
    {
        Id = Guid.Empty, SourceUri = "a.md", Title = "A", Collection = "default", MediaType = "text/markdown", SizeBytes = 1, Status = status, Stage = status, Readers = [],
        CreatedAt = default, UpdatedAt = default(DateTimeOffset).AddSeconds(second),
    };
}
