using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

/// <summary>What a visitor does on the pages about sources, in the words of the tests.</summary>
internal static class SourcesPageSteps
{
    public const float RunTimeoutMs = 60_000;

    public static ILocator Source(this IPage page, string name) => page.Locator($"[data-source='{name}']");

    public static ILocator Runs(this IPage page, string outcome) => page.Locator($"[data-run={outcome}]");

    /// <summary>The number that the newest report gives.</summary>
    public static ILocator Count(this IPage page, string name) => page.Locator("[data-run]").First.Locator($"[data-count={name}] dd");

    /// <summary>The form came as HTML; from now on it reacts.</summary>
    public static Task WaitForFormAsync(this IPage page) => Expect(page.Locator("form[data-live]")).ToBeVisibleAsync();

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Field(this IPage page, string label, bool exact = false) => page.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = exact });

    /// <summary>Presses Tab until it has the focus; a few times too often is a failure.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target, bool back = false)
    {
        for (var presses = 0; presses < 40 && !await target.EvaluateAsync<bool>("element => element === document.activeElement"); presses++)
        {
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }
        await Expect(target).ToBeFocusedAsync();
    }

    public static async Task<SourceDto> AddFolderAsync(this BrowserFixture browser, string name, string path) =>
        await browser.Client.AddSourceAsync(new() { Name = name, IntervalSeconds = 3600, Folder = new() { Path = path } });
}
