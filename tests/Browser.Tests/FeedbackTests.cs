using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class FeedbackTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_good_answer_is_marked_told_aloud_and_taken_back()
    {
        var page = await AnsweredAsync();
        var good = page.GetByRole(AriaRole.Button, new() { Name = "Good answer" });
        await Expect(good).ToHaveAttributeAsync("aria-pressed", "false");

        await good.ClickAsync();
        await Expect(good).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-answer-status]")).ToContainTextAsync("Marked as good");
        await good.ClickAsync();

        await Expect(good).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Locator("[data-answer-status]")).ToContainTextAsync("withdrawn");
    }

    [Fact]
    public async Task Keyboard_alone_is_enough_to_say_why_an_answer_is_bad()
    {
        var page = await AnsweredAsync();
        var bad = page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" });
        var comment = $"Last year's rule {Guid.NewGuid():N}";
        await bad.FocusAsync();

        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("It is wrong")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Choose a reason.")).ToBeVisibleAsync();
        await page.GetByLabel("Out of date").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(comment);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("330 SEK");
        await page.Keyboard.PressAsync("Enter");

        await Expect(bad).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(bad).ToBeFocusedAsync();
        await Expect(page.Locator("[data-feedback=bad] .said")).ToHaveTextAsync("Marked as bad: out of date");
        var given = await FindAsync(comment);
        Assert.Equal((FeedbackReasons.OutOfDate, "330 SEK"), (given.Reason, given.ExpectedAnswer));
    }

    [Fact]
    public async Task Whoever_writes_on_while_the_opinion_is_on_its_way_goes_on_writing()
    {
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        relay.Release();
        var arrival = new TaskCompletionSource();
        relay.Around = async (context, next) =>
        {
            if (context.Request.Path.Value!.EndsWith("/feedback", StringComparison.Ordinal))
            {
                await arrival.Task;
            }
            await next();
        };
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await AnsweredAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" }).ClickAsync();
        await page.GetByLabel("Out of date").CheckAsync();
        await page.Locator("[data-feedback-form] [type=submit]").ClickAsync();

        await page.Question().FillAsync("And in Norway?");
        arrival.SetResult();
        await Expect(page.Locator("[data-feedback=bad] .said")).ToBeVisibleAsync();

        // It takes the server two calls to offer the focus: what is asked of it now is answered after one of them, each time.
        var good = page.GetByRole(AriaRole.Button, new() { Name = "Good answer" });
        foreach (var pressed in new[] { "true", "false", "true" })
        {
            await good.EvaluateAsync("button => button.click()");
            await Expect(good).ToHaveAttributeAsync("aria-pressed", pressed);
        }
        await Expect(page.Question()).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_was_said_is_kept_and_can_be_changed_after_another_page()
    {
        var page = await AnsweredAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" }).ClickAsync();
        await page.GetByLabel("Wrong source").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).First.ClickAsync();
        await Expect(page.Locator("[data-feedback=bad]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-document]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();

        await Expect(page.Locator("[data-feedback=bad] .said")).ToHaveTextAsync("Marked as bad: wrong source");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await Expect(page.GetByLabel("Wrong source")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task The_buttons_are_large_enough_for_a_finger()
    {
        var page = await AnsweredAsync();

        foreach (var button in await page.Locator("[data-verdict]").AllAsync())
        {
            var box = (await button.BoundingBoxAsync())!;
            Assert.True(box.Width >= 24 && box.Height >= 24, $"{box.Width} x {box.Height}");
        }
    }

    [Fact]
    public async Task Whoever_runs_the_service_sees_it_with_the_request()
    {
        var answer = await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        await Browser.Client.GiveFeedbackAsync(answer.Id, new() { Verdict = Verdicts.Bad, Reason = FeedbackReasons.Incomplete, Comment = "And in Norway?" });

        var page = await Browser.OpenAsync($"operations/requests/{answer.Id}");

        await Expect(page.Locator("[data-feedback=bad]")).ToHaveTextAsync("Marked as bad: incomplete");
        await Expect(page.GetByText("And in Norway?")).ToBeVisibleAsync();
    }

    private async Task<IPage> AnsweredAsync(Uri? web = null)
    {
        var page = await Browser.OpenAsync(web: web);
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        return page;
    }

    private async Task<FeedbackDto> FindAsync(string comment) =>
        (await Browser.Client.ListFeedbackAsync(new())).Items.Single(feedback => feedback.Comment == comment);
}
