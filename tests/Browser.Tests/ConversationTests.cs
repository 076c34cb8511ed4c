using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ConversationTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_follow_up_says_what_it_was_understood_as_and_a_reload_and_a_second_tab_show_the_same()
    {
        var page = await browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await page.AskAsync("And for travel inside Norway?");
        await page.WaitForEndAsync();
        await Expect(page.Exchange().Locator("[data-understood]")).ToContainTextAsync("What is the daily meal allowance for travel inside Norway?");
        var address = new Uri(page.Url);
        Assert.StartsWith("/c/", address.AbsolutePath, StringComparison.Ordinal);

        await page.ReloadAsync();
        await Expect(page.Locator(".exchange")).ToHaveCountAsync(2);
        var second = await page.Context.NewPageAsync();
        await second.GotoAsync(page.Url);
        await Expect(second.Locator(".exchange")).ToHaveCountAsync(2);
        await Expect(second.Locator("[data-answer]").First).ToContainTextAsync("320 SEK");
    }

    [Fact]
    public async Task An_edited_question_has_two_wordings_to_go_between()
    {
        var page = await browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Unanswerable);
        await page.WaitForEndAsync();

        await page.Exchange().GetByRole(AriaRole.Button, new() { Name = "Edit the question" }).ClickAsync();
        await page.Locator("[data-question-editor]").FillAsync(AskPageSteps.Answerable);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask this" }).ClickAsync();
        await page.WaitForEndAsync();

        await Expect(page.Locator("[data-branch]")).ToHaveTextAsync("2 of 2");
        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
        await page.GetByRole(AriaRole.Button, new() { Name = "Previous wording" }).ClickAsync();
        await Expect(page.Exchange().Locator(".question")).ToHaveTextAsync(AskPageSteps.Unanswerable);
    }

    [Fact]
    public async Task A_new_conversation_begins_empty_and_the_earlier_one_is_in_the_list()
    {
        var page = await browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await page.Locator("[data-new-conversation]:visible").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ask your documents" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = AskPageSteps.Answerable }).First.ClickAsync();

        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
    }
}
