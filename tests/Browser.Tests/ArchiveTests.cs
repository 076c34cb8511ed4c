using System.IO.Compression;
using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ArchiveTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private readonly string word = $"Yarrow{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task An_archive_becomes_documents_and_the_next_one_takes_away_what_it_lacks()
    {
        var page = await Browser.OpenAsync("sources");
        var panel = page.Locator("[data-archive]");
        var upload = panel.GetByRole(AriaRole.Button, new() { Name = "Upload the archive" });
        await Expect(upload).ToBeEnabledAsync();
        await upload.ClickAsync();
        await Expect(panel.Locator("[data-archive-status]")).ToContainTextAsync("Choose an archive first.");

        await panel.GetByLabel("ZIP archive").SetInputFilesAsync(Zip([.. Enumerable.Range(1, 12).Select(number => $"{number}.md"), "logo.png"]));
        await panel.GetByLabel("Put its files below").FillAsync(word);
        await upload.ClickAsync();
        await Expect(panel.Locator("[data-archive-status]")).ToHaveTextAsync("12 files taken, 1 not taken.");
        await Expect(panel.Locator(".refused")).ToContainTextAsync("logo.png");

        await panel.GetByLabel("ZIP archive").SetInputFilesAsync(Zip("1.md"));
        await panel.GetByLabel("Delete what an earlier archive put there").CheckAsync();
        await upload.ClickAsync();
        await Expect(panel.Locator("[data-archive-held]")).ToContainTextAsync("11 documents of earlier archives are missing in this one.");
        await page.Button("Delete 11 documents…").ClickAsync();
        await page.Button("Delete 11 documents").ClickAsync();
        await Expect(panel.Locator("[data-archive-status]")).ToContainTextAsync("0 files taken, 1 unchanged, 11 documents deleted.");
        var left = (await Browser.Client.ListDocumentsAsync(limit: 100)).Items.Where(document => document.SourceUri.StartsWith(word, StringComparison.Ordinal));
        Assert.Equal($"{word}/1.md", Assert.Single(left).SourceUri);
    }

    [Fact]
    public async Task An_archive_that_is_too_large_is_refused_and_the_next_can_be_sent()
    {
        var large = Path.Combine(Path.GetTempPath(), $"aiapp-browser-{word}.zip");
        await using (var file = new FileStream(large, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose))
        {
            file.SetLength(101_000_000);
            var page = await Browser.OpenAsync("sources");
            var panel = page.Locator("[data-archive]");
            var upload = panel.GetByRole(AriaRole.Button, new() { Name = "Upload the archive" });
            await Expect(upload).ToBeEnabledAsync();

            await panel.GetByLabel("ZIP archive").SetInputFilesAsync(large);
            await upload.ClickAsync();

            await Expect(panel.Locator("[data-archive-status]")).ToContainTextAsync("Larger than");
            await Expect(upload).ToBeEnabledAsync();
        }
    }

    private static FilePayload Zip(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write($"# {name}\n\nText of {name}.\n");
            }
        }
        return new() { Name = "pages.zip", MimeType = "application/zip", Buffer = bytes.ToArray() };
    }
}
