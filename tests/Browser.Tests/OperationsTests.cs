using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class OperationsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_question_is_found_from_the_summary_down_to_its_waterfall()
    {
        var answer = await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        var page = await Browser.OpenAsync("operations");
        await Expect(page.Locator("[data-total=questions]")).Not.ToHaveTextAsync("0");
        await Expect(page.Locator("[data-stage=write]")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "All requests" }).ClickAsync();
        await page.Locator($"a[href$='/operations/requests/{answer.Id}']").ClickAsync();

        await Expect(page.Locator("[data-outcome=answered]")).ToBeVisibleAsync();
        foreach (var stage in answer.Stages.Select(stage => stage.Name).Distinct())
        {
            await Expect(page.Locator($"[data-step='{Words[stage]}'] rect.bar")).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task The_range_of_time_stands_in_the_address_and_goes_along_to_the_requests()
    {
        var page = await Browser.OpenAsync("operations");

        await page.Locator("[data-range='7d']").ClickAsync();
        await Expect(page).ToHaveURLAsync(RangeOfAWeek());
        await Expect(page.Locator("[data-range='7d']")).ToHaveAttributeAsync("aria-current", "true");
        await page.GetByRole(AriaRole.Link, new() { Name = "All requests" }).ClickAsync();

        await Expect(page.Locator("h1")).ToHaveTextAsync("Requests");
        await Expect(page).ToHaveURLAsync(RangeOfAWeek());
    }

    [Fact]
    public async Task A_link_that_is_followed_while_the_page_still_connects_leads_to_what_its_address_says()
    {
        var connecting = new TaskCompletionSource();
        var followed = new TaskCompletionSource();
        var page = await Browser.OpenAsync("documents");
        await page.RouteWebSocketAsync("**/_blazor**", circuit =>
        {
            var server = circuit.ConnectToServer();
            var sent = 0;
            var before = Task.CompletedTask;
            // The handshake goes through; the start of the circuit, which tells the server the address, is on its way for a while.
            circuit.OnMessage(frame => before = SendAsync(server, frame, sent++ == 0 ? before : Task.WhenAll(before, followed.Task), sent == 2 ? connecting : null));
        });
        await page.GotoAsync("operations");
        await connecting.Task;

        await page.Locator("[data-range='7d']").ClickAsync();
        await Expect(page.Locator("[data-range='7d']")).ToHaveAttributeAsync("aria-current", "true");
        followed.SetResult();
        await Expect(page.Locator(".operations-page .sections")).ToBeVisibleAsync();

        await Expect(page.Locator("[data-range='7d']")).ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    public async Task A_chart_is_a_table_for_the_keyboard_and_its_rows_lead_into_their_slice()
    {
        await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        var page = await Browser.OpenAsync("operations");
        var chart = page.Locator("[data-chart='Questions by outcome']");
        var summary = chart.Locator("summary");
        await Expect(summary).ToBeVisibleAsync();

        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(chart.Locator("tbody tr").First).ToBeVisibleAsync();
        await chart.Locator("tbody a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(RangeOfItsOwn());
        await Expect(page.Locator("[data-total=questions]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Requests_are_filtered_by_a_form_whose_fields_stand_in_the_address()
    {
        await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        var page = await Browser.OpenAsync("operations/requests?range=7d");
        await Expect(page.Locator("[data-request=answered]").First).ToBeVisibleAsync();

        await page.GetByLabel("Outcome").SelectOptionAsync(RequestOutcomes.Canceled);
        await page.GetByLabel("Model").FillAsync("no such model");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).Last.ClickAsync();

        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Outcome")).ToHaveValueAsync(RequestOutcomes.Canceled);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(page.Locator("[data-request=answered]").First).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(RangeOfAWeek());
    }

    [Fact]
    public async Task A_question_is_answered_again_from_its_page_and_what_is_different_is_told()
    {
        var answer = await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable, Fresh = true });
        var page = await Browser.OpenAsync($"operations/requests/{answer.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "From the recorded passages" }).ClickAsync();

        await Expect(page.Locator("[data-same=true]")).ToHaveTextAsync("The same words again.");
        await Expect(page.Locator("[data-replay] li").First).ToHaveTextAsync($"Citations: {answer.Citations.Count} kept, 0 gone, 0 new.");
        await page.GetByRole(AriaRole.Link, new() { Name = "What happened when it was answered again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Question, answered again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_cache_of_answers_tells_what_it_did_with_the_questions()
    {
        await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        var page = await Browser.OpenAsync("operations");

        await Expect(page.Locator("[data-cache] [data-lookup]").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-false-hits]")).ToContainTextAsync("False hits");
    }

    private static readonly Dictionary<string, string> Words = new()
    {
        ["remembered"] = "Find the same as before", ["lexical"] = "Search by words", ["embed"] = "Embed the question", ["vector"] = "Search by vectors", ["fetch"] = "Fetch the passages",
        ["assemble"] = "Choose the evidence", ["cache"] = "Look for a kept answer", ["write"] = "Write the answer",
    };

    private static async Task SendAsync(IWebSocketRoute server, IWebSocketFrame frame, Task after, TaskCompletionSource? held)
    {
        held?.TrySetResult();
        await after;
        if (frame.Binary is { } bytes)
        {
            server.Send(bytes);
        }
        else
        {
            server.Send(frame.Text!);
        }
    }

    [GeneratedRegex(@"\?range=7d$")]
    private static partial Regex RangeOfAWeek();

    [GeneratedRegex(@"\?from=.+&to=.+$")]
    private static partial Regex RangeOfItsOwn();
}
