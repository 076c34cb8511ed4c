using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static AiApp.Browser.Tests.DocumentsPageSteps;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class HistoryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private readonly string word = $"Sorrel{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task A_history_tells_the_attempt_and_what_time_its_stages_took()
    {
        await Browser.Client.UploadAsync([Markdown($"{word}.md", $"# {word}\n\nOnce.\n")]);
        var page = await Browser.OpenAsync("documents");
        await Expect(page.Row($"{word}.md").Locator("[data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });

        var opener = page.Row($"{word}.md").GetByRole(AriaRole.Button, new() { Name = "History" });
        await opener.FocusAsync();
        await opener.PressAsync("Enter");

        await Expect(opener).ToHaveAttributeAsync("aria-expanded", "true");
        var events = page.History($"{word}.md").Locator("[data-event]");
        await Expect(events).ToHaveCountAsync(3);
        await Expect(events.Nth(0)).ToContainTextAsync("Searchable");
        await Expect(events.Nth(0).Locator(".stage-times")).ToContainTextAsync("Making it searchable");
        await Expect(events.Nth(1)).ToContainTextAsync("Attempt 1 began");
        await Expect(events.Nth(2)).ToContainTextAsync("Queued");

        await opener.PressAsync("Enter");
        await Expect(page.History($"{word}.md")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_failed_document_tells_why_and_what_to_do_and_is_retried()
    {
        var name = $"{word}.pdf";
        await Browser.Client.UploadAsync([Damaged(name)]);
        var page = await Browser.OpenAsync("documents");
        await Expect(page.Row(name).Locator("[data-status=failed]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });

        await page.Row(name).GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
        var given = page.History(name).Locator("[data-event=discarded]");
        await Expect(given.First).ToContainTextAsync("Given up while it was read");
        await Expect(given.First.Locator("code")).Not.ToBeEmptyAsync();
        await Expect(given.First).ToContainTextAsync("upload it under the same name");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Retry {word}" }).ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("is in the queue again");
        await Expect(given).ToHaveCountAsync(2, new() { Timeout = IngestionTimeoutMs });
    }

    [Fact]
    public async Task What_waits_is_called_back_from_its_history()
    {
        await Browser.Client.PauseQueueAsync(new());
        try
        {
            await Browser.Client.UploadAsync([Markdown($"{word}.md", $"# {word}\n\nOnce.\n")]);
            var page = await Browser.OpenAsync("documents");
            await page.Row($"{word}.md").GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
            await Expect(page.History($"{word}.md").Locator("[data-event=queued]")).ToBeVisibleAsync();
            await page.History($"{word}.md").GetByRole(AriaRole.Button, new() { Name = "Cancel the upload" }).ClickAsync();

            await Expect(page.Row($"{word}.md").Locator("[data-status=cancelled]")).ToBeVisibleAsync();
            await Expect(page.History($"{word}.md").Locator("[data-event=cancelled]")).ToContainTextAsync("Called back");
            await Expect(page.Locator("[data-said]")).ToContainTextAsync("was called back");
        }
        finally
        {
            await Browser.Client.ResumeQueueAsync();
        }
    }

    [Fact]
    public async Task A_failed_document_is_retried_and_deleted_on_its_own_page()
    {
        var name = $"{word}.pdf";
        var uploaded = await Browser.Client.UploadAsync([Damaged(name)]);
        var page = await Browser.OpenAsync("documents");
        await Expect(page.Row(name).Locator("[data-status=failed]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });
        await page.Row(name).Locator(".document-title").ClickAsync();

        var given = page.History(name).Locator("[data-event=discarded]");
        await Expect(given.First).ToContainTextAsync("Given up while it was read");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Retry {word}" }).ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("It is in the queue again.");
        await Expect(given).ToHaveCountAsync(2, new() { Timeout = IngestionTimeoutMs });

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync($"Deleted {name}");
        await Expect(page.History(name)).ToHaveCountAsync(0);
        Assert.DoesNotContain((await Browser.Client.ListDocumentsAsync(limit: 100)).Items, document => document.Id == uploaded.Files[0].DocumentId);
    }

    [Fact]
    public async Task A_document_that_waits_is_called_back_on_its_own_page_and_becomes_readable_there_after_a_retry()
    {
        await Browser.Client.PauseQueueAsync(new());
        try
        {
            var uploaded = await Browser.Client.UploadAsync([Markdown($"{word}.md", $"# {word}\n\nAt last.\n")]);
            var page = await Browser.OpenAsync($"documents/{uploaded.Files[0].DocumentId}");
            await Expect(page.History($"{word}.md").Locator("[data-event=queued]")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the upload" }).ClickAsync();
            await Expect(page.Locator("[data-status=cancelled]")).ToBeVisibleAsync();
            await Expect(page.History($"{word}.md").Locator("[data-event=cancelled]")).ToContainTextAsync("Called back");

            await Browser.Client.ResumeQueueAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = $"Retry {word}" }).ClickAsync();
            await Expect(page.Locator(".document-text")).ToContainTextAsync("At last.", new() { Timeout = IngestionTimeoutMs });
            await page.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
            await Expect(page.History($"{word}.md").Locator("[data-event]")).ToHaveCountAsync(0);
        }
        finally
        {
            await Browser.Client.ResumeQueueAsync();
        }
    }
}
