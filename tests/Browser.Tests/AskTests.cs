using System.Text.RegularExpressions;
using System.Web;
using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class AskTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_question_is_answered_with_sources()
    {
        var page = await Browser.OpenAsync();

        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
        await Expect(page.Chips().First).ToContainTextAsync("[1]");
        await Expect(page.Locator(".answer-footer")).ToContainTextAsync(SourceCount());
        await Expect(page.Locator("[data-answer-status]")).ToContainTextAsync("Answer finished");
    }

    [Fact]
    public async Task A_citation_opens_the_document_at_exactly_the_quoted_words()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        var quote = (await page.Answer().Locator(".cite-quote").First.TextContentAsync())!.Trim('“', '”');

        await page.Chips().First.ClickAsync();

        var marks = page.Locator("[data-evidence-panel] mark.quote-mark");
        await Expect(marks.First).ToBeVisibleAsync();
        await Expect(marks.First).ToBeInViewportAsync();
        await Expect(marks.First).ToBeFocusedAsync();
        Assert.Equal(OneSpace(quote), OneSpace(string.Join(' ', await marks.AllTextContentsAsync())));

        var link = new Uri(Browser.Web, await page.GetByRole(AriaRole.Link, new() { Name = "Open document" }).GetAttributeAsync("href"));
        var query = HttpUtility.ParseQueryString(link.Query);
        var text = await Browser.Client.GetDocumentTextAsync(Guid.Parse(link.Segments[^1]), long.Parse(query["version"]!));
        Assert.Equal(quote, text.Text.Substring(int.Parse(query["start"]!), int.Parse(query["length"]!)));
    }

    [Fact]
    public async Task The_link_to_a_citation_shows_the_same_words_on_the_document_page()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await page.Chips().First.ClickAsync();
        var marks = page.Locator("mark.quote-mark");
        await Expect(marks.First).ToBeVisibleAsync();
        var marked = await marks.AllTextContentsAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Open document" }).ClickAsync();

        await Expect(page.Locator("[data-document-page] mark.quote-mark").First).ToBeInViewportAsync();
        Assert.Equal(marked, await page.Locator("[data-document-page] mark.quote-mark").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_question_the_documents_do_not_answer_is_refused_with_the_nearest_passages()
    {
        var page = await Browser.OpenAsync();

        await page.AskAsync(AskPageSteps.Unanswerable);

        await Expect(page.Locator("[data-insufficient]")).ToContainTextAsync("do not contain the answer");
        await Expect(page.Chips()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keyboard_alone_is_enough_to_ask_and_to_check_a_citation()
    {
        var page = await Browser.OpenAsync();
        await page.WaitUntilLiveAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Question()).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.Question()).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(AskPageSteps.Answerable);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Exchange().Locator(".question")).ToHaveTextAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await page.TabToAsync(page.Chips().First, back: true);
        await Expect(page.Answer().Locator("[role=tooltip]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("mark.quote-mark").First).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator("[data-evidence-panel]")).ToHaveCountAsync(0);
        await Expect(page.Chips().First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_citation_that_is_opened_before_the_scripts_have_come_shows_its_source()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await Expect(page).ToHaveURLAsync(OfConversation());
        var arrival = new TaskCompletionSource();
        await page.RouteAsync("**/AskPage.razor*.js", async route =>
        {
            await arrival.Task;
            await route.ContinueAsync();
        });
        await page.ReloadAsync();

        await page.Chips().First.ClickAsync();
        await Expect(page.Locator("mark.quote-mark").First).ToContainTextAsync("320 SEK");
        arrival.SetResult();

        await Expect(page.Locator("mark.quote-mark").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_citation_that_the_keyboard_brings_into_view_keeps_its_card()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await page.SetViewportSizeAsync(1280, 320);
        await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
        await Expect(page.Chips().First).Not.ToBeInViewportAsync();

        await page.Chips().First.FocusAsync();
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

        await Expect(page.Answer().Locator("[role=tooltip]").First).ToBeVisibleAsync();
        await Expect(page.Answer().Locator("[role=tooltip]").First).ToBeInViewportAsync();
    }

    private static string OneSpace(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex("/c/[0-9a-f-]{36}$")]
    private static partial Regex OfConversation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\d+ sources? from \d+ documents?")]
    private static partial Regex SourceCount();
}
