using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class DocumentsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const float IngestionTimeoutMs = 60_000;

    [Fact]
    public async Task An_uploaded_file_becomes_ready_before_our_eyes_and_answers_questions()
    {
        var word = $"Quillfern{Guid.NewGuid():N}"[..16];
        var name = $"{word}.md";
        var page = await Browser.OpenAsync("documents");

        await page.UploadAsync(name, $"# {word} beacon\n\nThe {word} beacon has a range of 417 metres in open terrain.\n");

        var row = page.Locator($"[data-document='{name}']");
        await Expect(row.Locator("[data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });
        await Expect(page.Locator(".upload-status")).ToContainTextAsync("1 accepted");

        await page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();
        await page.AskAsync($"What is the range of the {word} beacon?");
        await page.WaitForEndAsync();
        await Expect(page.Answer()).ToContainTextAsync("417 metres");
        await Expect(page.Locator(".source").First).ToContainTextAsync(name);
    }

    [Fact]
    public async Task The_list_survives_a_reload_and_a_document_can_be_deleted()
    {
        var word = $"Mosslight{Guid.NewGuid():N}"[..16];
        var name = $"{word}.md";
        var page = await Browser.OpenAsync("documents");
        await page.UploadAsync(name, $"# {word}\n\nThe {word} is green.\n");
        await Expect(page.Locator($"[data-document='{name}'] [data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });

        await page.ReloadAsync();
        await page.GetByPlaceholder("Find by name").FillAsync(word);
        var row = page.Locator($"[data-document='{name}']");
        await Expect(row).ToBeVisibleAsync();

        await row.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(word);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();

        await Expect(row).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-said]")).ToContainTextAsync($"Deleted {name}: 1 version, 1 passage, 1 vector, 1 file");
        await page.ReloadAsync();
        await page.GetByPlaceholder("Find by name").FillAsync(word);
        await Expect(page.Locator(".empty")).ToContainTextAsync("No document's name contains");
    }

    [Fact]
    public async Task The_same_file_again_is_unchanged()
    {
        var word = $"Thrushgate{Guid.NewGuid():N}"[..16];
        var page = await Browser.OpenAsync("documents");
        await page.UploadAsync($"{word}.md", $"# {word}\n\nOnce.\n");
        await Expect(page.Locator($"[data-document='{word}.md'] [data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });

        await page.ChooseAsync(($"{word}.md", $"# {word}\n\nOnce.\n"));

        await Expect(page.Locator(".upload-status")).ToContainTextAsync("1 file checked: 1 unchanged");
        await Expect(page.Locator("[data-check]")).ToContainTextAsync("Nothing here needs to be uploaded");
    }
}
