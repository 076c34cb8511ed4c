using System.Text;
using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

/// <summary>A citation stays what it was, whatever becomes of its document.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ChangedSinceTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_citation_opens_the_cited_version_and_tells_what_has_changed_since(int width, ColorScheme colors)
    {
        var bird = $"wheatear{Guid.NewGuid():N}"[..16];
        await PublishAsync(bird, $"The {bird} permit costs 140 SEK a year.", 1);
        var page = await Browser.OpenAsync(width: width, colors: colors);
        await page.AskAsync($"What does the {bird} permit cost a year?");
        await page.WaitForEndAsync();
        await PublishAsync(bird, $"The {bird} permit costs 165 SEK a year.", 2);

        await page.Chips().First.ClickAsync();

        await Expect(page.Locator("[data-evidence-panel] mark.quote-mark").First).ToContainTextAsync("140 SEK");
        await Expect(page.Locator("[data-evidence-panel]")).ToContainTextAsync("Cited version 1, newest 2");
        await Expect(page.Locator("[data-changed=changed] del")).ToContainTextAsync("140");
        await Expect(page.Locator("[data-changed=changed] ins")).ToContainTextAsync("165");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Open document" }).ClickAsync();
        await Expect(page.Locator("[data-document-page] mark.quote-mark").First).ToContainTextAsync("140 SEK");
        await Expect(page.Locator("[data-document-page] [data-changed=changed] ins")).ToContainTextAsync("165");
        Assert.Empty((await page.RunAxe()).Violations.Select(violation => violation.Id));
    }

    [Fact]
    public async Task Cited_words_that_stand_unchanged_in_the_newest_version_are_said_to()
    {
        var bird = $"dunnock{Guid.NewGuid():N}"[..16];
        await PublishAsync(bird, $"The {bird} permit costs 140 SEK a year.", 1);
        var page = await Browser.OpenAsync();
        await page.AskAsync($"What does the {bird} permit cost a year?");
        await page.WaitForEndAsync();
        await PublishAsync(bird, $"This page has a new owner.\n\nThe {bird} permit costs 140 SEK a year.", 2);

        await page.Chips().First.ClickAsync();

        await Expect(page.Locator("[data-changed=kept]")).ToContainTextAsync("stand unchanged in its newest version, 2");
    }

    private async Task PublishAsync(string name, string text, int version)
    {
        var uploaded = await Browser.Client.UploadAsync([($"{name}.md", new MemoryStream(Encoding.UTF8.GetBytes($"# The {name}\n\n{text}")))]);
        var id = uploaded.Files.Single().DocumentId!.Value;
        using var patience = new CancellationTokenSource((int)DocumentsPageSteps.IngestionTimeoutMs);
        while (await Browser.Client.GetDocumentAsync(id, patience.Token) is not { Status: DocumentStatuses.Ready } document || document.VersionNumber != version)
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
