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

    [Fact]
    public async Task A_list_that_an_event_has_overtaken_does_not_take_it_back()
    {
        var listed = Document("waiting", second: 1);
        await using var slow = new DocumentFeed(Answering(listed, next: null), TimeProvider.System, () => Task.CompletedTask);
        slow.Put(Document("ready", second: 2));

        await slow.LoadAsync();

        Assert.Equal("ready", Assert.Single(slow.Items).Status);
    }

    [Fact]
    public async Task What_is_shown_when_more_is_asked_for_does_not_stand_above_the_newest()
    {
        await using var many = new DocumentFeed(Answering(Document("ready", second: 5), next: "more"), TimeProvider.System, () => Task.CompletedTask);
        await many.LoadAsync();

        many.Put(Document("ready", second: 1) with { Id = Guid.NewGuid() });

        Assert.Equal(Guid.Empty, Assert.Single(many.Items).Id);
    }

    private static AiAppClient Answering(DocumentDto listed, string? next) => new ScriptedApi
    {
        Script = (request, _) => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/summary", StringComparison.Ordinal)
                ? ScriptedApi.Ok(new DocumentSummaryDto { Waiting = 0, Working = 0, Ready = 1, Failed = 0, Chunks = 1 })
                : ScriptedApi.Ok(new PageDto<DocumentDto> { Items = [listed], Next = next })),
    }.Client;

    private static DocumentDto Document(string status, int second) => new()
    {
        Id = Guid.Empty, SourceUri = "a.md", Title = "A", Collection = "default", MediaType = "text/markdown", SizeBytes = 1, Status = status, Stage = status, Readers = [],
        CreatedAt = default, UpdatedAt = default(DateTimeOffset).AddSeconds(second),
    };
}
