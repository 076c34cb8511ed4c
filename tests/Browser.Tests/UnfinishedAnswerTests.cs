using AiApp.Browser.Tests.Stack;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class UnfinishedAnswerTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly TimeSpan CancelDeadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("button")]
    [InlineData("Escape")]
    public async Task Stop_keeps_what_was_written_and_ends_the_work_behind_it(string way)
    {
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await Browser.OpenAsync(web: address);
        await page.AskAsync(AskPageSteps.Answerable);
        await Expect(page.Answer()).Not.ToBeEmptyAsync();
        var partial = await page.Answer().TextContentAsync();

        if (way == "button")
        {
            await page.StopButton().ClickAsync();
        }
        else
        {
            await page.Keyboard.PressAsync("Escape");
        }

        await Expect(page.Exchange().Locator("[data-stopped]")).ToContainTextAsync("Stopped");
        await Expect(page.Locator("[data-answer-status]")).ToHaveTextAsync("Answer stopped");
        Assert.Equal(partial, await page.Answer().TextContentAsync());
        await Expect(page.SendButton()).ToBeVisibleAsync();
        await relay.Aborted.WaitAsync(CancelDeadline);
    }

    [Fact]
    public async Task Whoever_reads_upwards_by_keyboard_is_left_there_while_the_answer_goes_on()
    {
        var conversation = await Browser.Client.CreateConversationAsync(new());
        for (var turns = 0; turns < 4; turns++)
        {
            await Browser.Client.AddTurnAsync(conversation.Id, new() { Question = AskPageSteps.Unanswerable });
        }
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await Browser.OpenAsync($"c/{conversation.Id}", address);
        await page.AskAsync(AskPageSteps.Answerable);
        await Expect(page.Exchange().Locator("[data-answer]")).Not.ToBeEmptyAsync();
        await page.WaitForFunctionAsync("() => scrollY > 0");

        await page.Locator("#content").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.WaitForFunctionAsync("() => scrollY === 0");
        // The thread becomes longer, as it does with each sentence.
        await page.SetViewportSizeAsync(600, 844);
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");

        Assert.Equal(0, await page.EvaluateAsync<int>("() => scrollY"));
    }

    [Fact]
    public async Task An_answer_goes_on_while_the_reader_looks_elsewhere()
    {
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await Browser.OpenAsync(web: address);
        await page.AskAsync(AskPageSteps.Answerable);
        await Expect(page.Answer()).Not.ToBeEmptyAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Documents", Exact = true })).ToBeVisibleAsync();
        relay.Release();
        await page.GetByRole(AriaRole.Link, new() { Name = "Ask", Exact = true }).ClickAsync();

        await page.WaitForEndAsync();
        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
        await page.WaitUntilLiveAsync();
        await Expect(page.Question()).ToBeEmptyAsync();
    }

    [Fact]
    public async Task A_restart_of_the_site_in_the_middle_of_an_answer_loses_neither_the_answer_nor_the_draft()
    {
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = HostProcess.FreeAddress();
        var web = await RunningStack.StartWebAsync(address, relay.Address);
        try
        {
            var page = await Browser.OpenAsync(web: address);
            await page.AskAsync(AskPageSteps.Answerable);
            await Expect(page.Answer()).Not.ToBeEmptyAsync();
            await page.Question().FillAsync("And what about Norway?");
            await page.Keyboard.TypeAsync(" Still typing");

            await page.EvaluateAsync("window.isFromBefore = true");

            await web.DisposeAsync();
            await Expect(page.Locator(".connection-lost")).ToBeVisibleAsync();
            await Expect(page.Question()).ToHaveValueAsync("And what about Norway? Still typing");
            web = await RunningStack.StartWebAsync(address, relay.Address);

            // The page asks for the site again after pauses that grow to ten seconds.
            await page.WaitForFunctionAsync("() => !window.isFromBefore && document.querySelector('[data-send][data-live]')");
            await Expect(page.Question()).ToHaveValueAsync("And what about Norway? Still typing");
            await Expect(page.Exchange().Locator(".question")).ToHaveTextAsync(AskPageSteps.Answerable);
            relay.Release();
            await page.WaitForEndAsync();
            await Expect(page.Answer()).ToContainTextAsync("320 SEK");
            await Expect(page.Question()).ToHaveValueAsync("And what about Norway? Still typing");
        }
        finally
        {
            await web.DisposeAsync();
        }
    }
}
