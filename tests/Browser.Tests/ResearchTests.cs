using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ResearchTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Research_shows_its_steps_and_an_answer_with_sources_and_the_working_of_its_numbers()
    {
        var page = await Browser.OpenAsync();
        await page.ResearchAsync(ScriptedModel.Price);

        await Expect(page.Run("completed")).ToBeVisibleAsync();
        await Expect(page.Answer()).ToContainTextAsync("1600 SEK (5 * 320 = 1600)");
        await Expect(page.Locator("[data-conflicts]")).ToContainTextAsync("260 SEK");
        await Expect(page.Locator("[data-spent]")).ToContainTextAsync("5 steps");
        await page.Locator(".found-out summary").ClickAsync();
        await Expect(page.Locator("[data-research-step=done]")).ToHaveCountAsync(5);

        await Expect(page.Locator("[data-reading][data-live]")).ToBeVisibleAsync();
        await page.Chips().First.ClickAsync();
        await Expect(page.Locator("mark.quote-mark").First).ToContainTextAsync("320 SEK");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-evidence-panel]")).ToHaveCountAsync(0);
        await Expect(page.Chips().First).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_waits_over_a_reload_until_it_is_approved_or_denied_and_shows_what_is_sent(bool approve)
    {
        var title = $"Whinchat {Guid.NewGuid():N}";
        var question = $"Make a ticket about {title}.";
        Browser.Model.AddTicket(question, title);
        var page = await Browser.OpenAsync();
        await page.ResearchAsync(question);
        await Expect(page.Locator("[data-answer-status]")).ToHaveTextAsync("A call of office_create_ticket waits for your decision");

        await page.ReloadAsync();
        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-approval-arguments]")).ToHaveTextAsync($$"""{"title":"{{title}}"}""");
        Assert.Empty(Tickets(title));
        await page.GetByRole(AriaRole.Button, new() { Name = approve ? "Approve" : "Deny", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Run("completed")).ToBeVisibleAsync();
        await Expect(page.Answer()).ToContainTextAsync("320 SEK");
        Assert.Equal(approve ? [$$"""{"title":"{{title}}"}"""] : [], Tickets(title));
    }

    [Fact]
    public async Task Earlier_research_is_listed_newest_first_and_leads_to_its_page()
    {
        var page = await Browser.OpenAsync();
        await page.ResearchAsync(ScriptedModel.Price);
        await Expect(page.Run("completed")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Research", Exact = true }).ClickAsync();
        var newest = page.Locator("[data-earlier]").First;
        await Expect(newest).ToContainTextAsync("Finished");
        await newest.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(ScriptedModel.Price);
    }

    [Fact]
    public async Task Research_that_is_stopped_says_so_and_is_begun_again_from_its_page()
    {
        var page = await Browser.OpenAsync();
        await page.ResearchAsync(ScriptedModel.Ticket);
        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/research/[0-9a-f-]{36}$"));
        var first = page.Url;

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-stopped]")).ToContainTextAsync("There is no answer");
        Assert.Equal(AgentStates.Stopped, (await Browser.Client.GetAgentRunAsync(Guid.Parse(first[^36..]))).State);
        await page.GetByRole(AriaRole.Button, new() { Name = "Research it again" }).ClickAsync();

        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        await Expect(page).Not.ToHaveURLAsync(first);
    }

    [Fact]
    public async Task Research_that_is_sent_twice_at_once_is_begun_once()
    {
        var question = Ticket();
        var page = await Browser.OpenAsync();
        await page.WaitUntilLiveAsync();
        await page.GetByLabel("Research", new() { Exact = true }).CheckAsync();
        await page.Question().FillAsync(question);

        await page.Locator("[data-composer]").EvaluateAsync("form => { form.requestSubmit(); form.requestSubmit(); }");

        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        Assert.Equal(1, await CountAsync(question));
    }

    [Fact]
    public async Task A_key_that_is_held_down_sends_nothing_again()
    {
        var page = await Browser.OpenAsync();
        await page.WaitUntilLiveAsync();
        await page.Question().FillAsync(AskPageSteps.Answerable);

        // What holding it would send, without the key's first press.
        await page.Question().DispatchEventAsync("keydown", new { key = "Enter", repeat = true });
        await page.AskAsync(AskPageSteps.Unanswerable);

        await page.WaitForEndAsync();
        await Expect(page.Locator(".exchange")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_double_click_researches_again_once()
    {
        var question = Ticket();
        var page = await Browser.OpenAsync();
        await page.ResearchAsync(question);
        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-stopped]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Research it again" }).EvaluateAsync("button => { button.click(); button.click(); }");

        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        Assert.Equal(2, await CountAsync(question));
    }

    [Fact]
    public async Task Research_that_is_not_there_says_so()
    {
        var page = await Browser.OpenAsync($"research/{Guid.NewGuid()}");

        await Expect(page.Locator(".problem")).ToContainTextAsync("This is not here, or no longer.");
    }

    /// <summary>A question that nobody else asks, and that waits for a decision.</summary>
    private string Ticket()
    {
        var title = $"Wheatear {Guid.NewGuid():N}";
        var question = $"Make a ticket about {title}.";
        Browser.Model.AddTicket(question, title);
        return question;
    }

    private async Task<int> CountAsync(string question) => (await Browser.Client.ListAgentRunsAsync(limit: 50)).Items.Count(run => run.Question == question);

    private IEnumerable<string> Tickets(string title) =>
        Browser.Model.Calls.Select(call => call.Arguments).Where(arguments => arguments.Contains(title, StringComparison.Ordinal));
}
