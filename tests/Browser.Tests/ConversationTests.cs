using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class ConversationTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_follow_up_says_what_it_was_understood_as_and_a_reload_and_a_second_tab_show_the_same()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await page.AskAsync("And for travel inside Norway?");
        await page.WaitForEndAsync();
        await Expect(page.Exchange().Locator("[data-understood]")).ToContainTextAsync("What is the daily meal allowance for travel inside Norway?");
        await Expect(page).ToHaveURLAsync(OfConversation());

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
        var page = await Browser.OpenAsync();
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
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await page.Locator("[data-new-conversation]:visible").ClickAsync();
        await Expect(page.Locator(".exchange")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ask your documents" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = AskPageSteps.Answerable }).First.ClickAsync();

        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
    }

    [Fact]
    public async Task A_list_that_was_long_in_coming_does_not_take_back_the_conversation_that_began_meanwhile()
    {
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        relay.Release();
        var first = true;
        var second = new TaskCompletionSource();
        var processed = new TaskCompletionSource();
        relay.Around = async (context, next) =>
        {
            if (context.Request.Path == "/api/documents/summary")
            {
                // The page asks for it when its first list has come.
                processed.TrySetResult();
            }
            if (context.Request.Path != "/api/conversations" || !HttpMethods.IsGet(context.Request.Method))
            {
                await next();
                return;
            }
            var (held, client) = (first, context.Response.Body);
            first = false;
            using var answer = new MemoryStream();
            context.Response.Body = answer;
            await next();
            if (held)
            {
                await second.Task;
            }
            answer.Position = 0;
            await answer.CopyToAsync(client, context.RequestAborted);
            if (!held)
            {
                context.Response.OnCompleted(() => Task.FromResult(second.TrySetResult()));
            }
        };
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await Browser.OpenAsync(web: address);

        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await processed.Task.WaitAsync(TimeSpan.FromMinutes(1));
        // What is drawn for this comes after what was drawn for the list.
        await page.Chips().First.ClickAsync();
        await Expect(page.Locator("[data-evidence-panel]")).ToBeVisibleAsync();

        await Expect(page.Locator("nav.wide [data-conversation]:has([aria-current])")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Conversations_beyond_the_newest_are_shown_when_they_are_asked_for_and_stay_so()
    {
        var title = $"Wryneck {Guid.NewGuid():N}";
        for (var conversations = 0; conversations < 31; conversations++)
        {
            var begun = await Browser.Client.CreateConversationAsync(new());
            await Browser.Client.AddTurnAsync(begun.Id, new() { Question = conversations == 0 ? title : AskPageSteps.Unanswerable });
        }
        var page = await Browser.OpenAsync();
        var list = page.Locator("nav.wide");
        await Expect(list.Locator("[data-conversation]")).ToHaveCountAsync(30);

        await list.Locator("[data-older]").ClickAsync();
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await Expect(list.GetByRole(AriaRole.Link, new() { Name = AskPageSteps.Answerable, Exact = true }).First).ToHaveAttributeAsync("aria-current", "page");
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = title })).ToBeVisibleAsync();

        await list.GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
        await Expect(page.Exchange().Locator(".question")).ToHaveTextAsync(title);
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();

        await Expect(list.Locator("[data-conversation]").First).ToContainTextAsync(title);
        await Expect(list.GetByRole(AriaRole.Link, new() { Name = title })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_conversation_is_renamed_and_deleted_by_keyboard_and_the_page_is_new_afterwards()
    {
        var page = await Browser.OpenAsync();
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await Expect(page).ToHaveURLAsync(OfConversation());
        var row = page.Locator($"nav.wide [data-conversation='{page.Url[^36..]}']");
        var title = $"Whimbrel {Guid.NewGuid():N}";

        await row.GetByRole(AriaRole.Button, new() { Name = "Rename" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Title")).ToBeFocusedAsync();
        await page.GetByLabel("Title").FillAsync(title);
        await page.Keyboard.PressAsync("Enter");
        await Expect(row.GetByRole(AriaRole.Link)).ToHaveTextAsync(title);
        await Expect(row.GetByRole(AriaRole.Button, new() { Name = "Rename" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync(title);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();

        await Expect(row).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ask your documents" })).ToBeVisibleAsync();
        await Expect(page.Question()).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(Browser.Web.ToString());
    }

    [GeneratedRegex("/c/[0-9a-f-]{36}$")]
    private static partial Regex OfConversation();
}
