using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

/// <summary>What a visitor does on the Ask page, in the words of the tests.</summary>
internal static class AskPageSteps
{
    public const string Answerable = "What is the daily meal allowance for travel inside Sweden?";
    public const string Unanswerable = "Which song won the school choir contest in Reykjavik in 1974?";

    public static ILocator Question(this IPage page) => page.GetByLabel("Your question");

    public static ILocator Answer(this IPage page) => page.Locator("[data-answer]").Last;

    public static ILocator Exchange(this IPage page) => page.Locator(".exchange").Last;

    public static ILocator Chips(this IPage page) => page.Answer().Locator("[data-marker]");

    public static ILocator SendButton(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true });

    public static ILocator StopButton(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true });

    /// <summary>Types the question and sends it with Enter.</summary>
    public static async Task AskAsync(this IPage page, string question)
    {
        await page.WaitUntilLiveAsync();
        await page.Question().FillAsync(question);
        await page.Question().PressAsync("Enter");
        await Expect(page.Exchange().Locator(".question")).ToHaveTextAsync(question);
    }

    /// <summary>Sends the question as research, and waits for its page.</summary>
    public static async Task ResearchAsync(this IPage page, string question)
    {
        await page.WaitUntilLiveAsync();
        await page.GetByLabel("Research", new() { Exact = true }).CheckAsync();
        await page.Question().FillAsync(question);
        await page.Question().PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(question);
    }

    /// <summary>The research of the page, in this state.</summary>
    public static ILocator Run(this IPage page, string state) => page.Locator($"[data-run={state}]");

    public static Task WaitForEndAsync(this IPage page) =>
        Expect(page.Exchange()).Not.ToHaveAttributeAsync("data-state", "streaming");

    /// <summary>The page came as HTML; from now on it reacts.</summary>
    public static Task WaitUntilLiveAsync(this IPage page, float? timeoutMs = null) =>
        Expect(page.Locator("[data-send][data-live]")).ToBeEnabledAsync(new() { Timeout = timeoutMs });
}
