using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using Microsoft.Playwright;
using static AiApp.Browser.Tests.DocumentsPageSteps;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class QueueTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private readonly string word = $"Fennel{Guid.NewGuid():N}"[..16];

    // The other tests need a queue that runs.
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Browser.Client.ResumeQueueAsync();
    }

    [Fact]
    public async Task A_pause_says_who_and_why_also_after_a_reload_and_ends_by_a_button()
    {
        var page = await Browser.OpenAsync("documents");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await page.GetByLabel("Reason, for the others").FillAsync("The model is being moved.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause the queue" }).ClickAsync();

        await Expect(page.Queue("paused")).ToContainTextAsync("Paused since");
        await Expect(page.Locator("[data-queue-status]")).ToContainTextAsync("The queue was paused by");
        await UploadAsync(2);
        await Expect(page.Locator("[data-waiting]")).ToHaveTextAsync("2");

        await page.ReloadAsync();
        await Expect(page.Queue("paused")).ToContainTextAsync("The model is being moved.");
        await Expect(page.Locator("[data-waiting]")).ToHaveTextAsync("2");
        await Expect(page.Queue("paused")).ToContainTextAsync("oldest waits");

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Row($"{word}-1.md").Locator("[data-status=ready]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });
        await Expect(page.Queue("idle")).ToContainTextAsync("Nothing is waiting", new() { Timeout = IngestionTimeoutMs });
        // The first is the last that is told when nothing was left by the time the page heard of it.
        await Expect(page.Locator("[data-queue-status]")).ToContainTextAsync(new Regex(@"The queue goes on\.|The queue is empty\."));
    }

    [Fact]
    public async Task Everything_that_waits_is_called_back_after_a_question()
    {
        await Browser.Client.PauseQueueAsync(new());
        await UploadAsync(3);
        var page = await Browser.OpenAsync("documents");

        await Expect(page.Locator("[data-waiting]")).ToHaveTextAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel all" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("3 waiting uploads will be called back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel them all" }).ClickAsync();

        await Expect(page.Locator("[data-said]")).ToContainTextAsync("3 uploads called back.");
        await Expect(page.Queue("paused")).Not.ToContainTextAsync("oldest waits");
        await Expect(page.Row($"{word}-1.md").Locator("[data-status=cancelled]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_that_failed_is_put_back_by_one_button()
    {
        await Browser.Client.UploadAsync([Markdown($"{word}-blank.md", "\n")]);
        var page = await Browser.OpenAsync("documents");
        await Expect(page.Row($"{word}-blank.md").Locator("[data-status=failed]")).ToBeVisibleAsync(new() { Timeout = IngestionTimeoutMs });
        await Browser.Client.PauseQueueAsync(new());

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Retry (all|the failed)") }).ClickAsync();

        await Expect(page.Locator("[data-said]")).ToContainTextAsync("in the queue again.");
        await Expect(page.Row($"{word}-blank.md").Locator("[data-status=waiting]")).ToBeVisibleAsync();
        await Browser.Client.CancelQueueAsync(new());
    }

    [Fact]
    public async Task The_bar_is_right_again_after_the_Api_was_away()
    {
        var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = relay.Address;
        var webAddress = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(webAddress, address);
        var page = await Browser.OpenAsync("documents", webAddress);
        await Expect(page.Queue("idle")).ToBeVisibleAsync();

        await relay.DisposeAsync();
        await Expect(page.Queue("idle")).ToContainTextAsync("Live updates have stopped");
        await Browser.Client.PauseQueueAsync(new() { Reason = "While nobody looked." });
        await using var again = await HoldingRelay.StartAsync(Browser.Api, address);

        await Expect(page.Queue("paused")).ToContainTextAsync("While nobody looked.", new() { Timeout = 40_000 });
        await Expect(page.Queue("paused")).Not.ToContainTextAsync("Live updates have stopped");
    }

    private Task<UploadResultDto> UploadAsync(int files) =>
        Browser.Client.UploadAsync(Enumerable.Range(1, files).Select(number => Markdown($"{word}-{number}.md", $"# {word} {number}\n\nText {number}.\n")));
}
