using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static AiApp.Browser.Tests.DocumentsPageSteps;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class CheckTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private readonly string word = $"Yarrow{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task Chosen_files_are_checked_and_only_what_is_worth_it_is_sent()
    {
        await Browser.Client.UploadAsync([Markdown($"{word}-same.md", $"# {word} same\n"), Markdown($"{word}-other.md", $"# {word} other\n")]);
        var page = await Browser.OpenAsync("documents");

        await page.ChooseAsync(
            ($"{word}-same.md", $"# {word} same\n"),
            ($"{word}-other.md", $"# {word} OTHER\n"),
            ($"{word}-new.md", $"# {word} new\n"),
            ($"{word}-copy.md", $"# {word} same\n"),
            ($"{word}.png", "a picture"));

        await Expect(page.Locator(".upload-status")).ToContainTextAsync(
            "5 files checked: 1 not taken, 1 here under another name, 1 changed, 1 new, 1 unchanged.");
        await Expect(page.Locator("[data-outcome=duplicate]")).ToContainTextAsync($"Same bytes as {word}-same.md");
        await Expect(page.Locator("[data-outcome=rejected] .check-reason")).Not.ToBeEmptyAsync();
        var send = page.Locator("[data-send]");
        await Expect(send).ToHaveTextAsync("Upload 2 files");
        await page.GetByLabel("Upload the duplicates too").CheckAsync();
        await Expect(send).ToHaveTextAsync("Upload 3 files");
        await page.GetByLabel("Upload the duplicates too").UncheckAsync();
        await send.PressAsync("Enter");

        await Expect(page.Locator(".upload-status")).ToContainTextAsync("2 files sent. 2 accepted");
        await Expect(page.Locator(".left-out")).ToContainTextAsync("3 files left out: 1 not taken, 1 here under another name, 1 unchanged.");
        await Expect(page.Row($"{word}-new.md").Locator("[data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });
        await Expect(page.Row($"{word}-copy.md")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Five_hundred_files_are_checked_in_parts_and_can_be_left_alone()
    {
        var page = await Browser.OpenAsync("documents");
        var asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/uploads/check", StringComparison.Ordinal) ? 1 : 0;

        await page.ChooseAsync([.. Enumerable.Range(0, 500).Select(number => ($"{word}-{number}.md", $"# {word} {number}\n"))]);

        await Expect(page.Locator(".upload-status")).ToContainTextAsync("500 files checked: 500 new.");
        await Expect(page.Locator("[data-send]")).ToHaveTextAsync("Upload 500 files");
        Assert.Equal(10, asked);
        await page.GetByRole(AriaRole.Button, new() { Name = "Do not upload" }).ClickAsync();
        await Expect(page.Locator("[data-check]")).ToHaveCountAsync(0);
        await Expect(page.Row($"{word}-1.md")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_hashes_what_has_the_same_size_is_not_called_unchanged()
    {
        await Browser.Client.UploadAsync([Markdown($"{word}-same.md", $"# {word} same\n")]);
        var page = await Browser.OpenAsync("documents");
        // As on a plain http address of another host.
        await page.AddInitScriptAsync("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })");
        await page.ReloadAsync();

        await page.ChooseAsync(($"{word}-same.md", $"# {word} SAME\n"), ($"{word}-new.md", $"# {word} new\n"));

        await Expect(page.Locator(".upload-status")).ToContainTextAsync("2 files checked: 1 new, 1 of the same size as before.");
        await page.Locator("[data-send]").ClickAsync();
        await Expect(page.Locator(".upload-status")).ToContainTextAsync("2 files sent. 2 accepted");
    }
}
