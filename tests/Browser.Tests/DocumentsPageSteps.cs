using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

/// <summary>What a visitor does on the Documents page, in the words of the tests.</summary>
internal static class DocumentsPageSteps
{
    public const float IngestionTimeoutMs = 60_000;

    /// <summary>Chooses files and sends what the check finds worth sending.</summary>
    public static async Task UploadAsync(this IPage page, string name, string text)
    {
        await page.ChooseAsync((name, text));
        await page.Locator("[data-send]").ClickAsync();
    }

    public static async Task ChooseAsync(this IPage page, params (string Name, string Text)[] files)
    {
        var choose = page.GetByRole(AriaRole.Button, new() { Name = "Choose files" });
        await Expect(choose).ToBeEnabledAsync();
        var chooser = await page.RunAndWaitForFileChooserAsync(() => choose.ClickAsync());
        await chooser.SetFilesAsync(files.Select(file =>
            new FilePayload { Name = Path.GetFileName(file.Name), MimeType = "text/markdown", Buffer = Encoding.UTF8.GetBytes(file.Text) }));
    }

    public static ILocator Row(this IPage page, string name) => page.Locator($"[data-document='{name}']");

    public static ILocator History(this IPage page, string name) => page.Locator($"[data-history='{name}']");

    public static ILocator Queue(this IPage page, string state) => page.Locator($"[data-queue={state}]");

    public static (string Name, Stream Content) Markdown(string name, string text) => (name, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>A file that is taken, and cannot be read.</summary>
    public static (string Name, Stream Content) Damaged(string name) => Markdown(name, "%PDF-1.7\nThis is where the pages were.\n%%EOF\n");
}
