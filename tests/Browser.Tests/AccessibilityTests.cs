using AiApp.Browser.Tests.Stack;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Fits = "document.documentElement.scrollWidth <= innerWidth";

    public static TheoryData<int> Widths => [1280, 390];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Ask_has_no_violations_empty_answered_and_with_an_open_source(int width)
    {
        var page = await Browser.OpenAsync(width: width);
        await page.WaitUntilLiveAsync();
        await Expect(page.Locator(".example").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await AssertAccessibleAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Bad answer" }).ClickAsync();
        await Expect(page.GetByLabel("It is wrong")).ToBeFocusedAsync();
        await page.Locator("[data-feedback-form] [type=submit]").ClickAsync();
        await Expect(page.GetByText("Choose a reason.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));
        await page.GetByLabel("Out of date").CheckAsync();
        await Expect(page.GetByText("Choose a reason.")).ToHaveCountAsync(0);
        await page.Locator("[data-feedback-form] [type=submit]").ClickAsync();
        await Expect(page.Locator("[data-feedback=bad]")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.Chips().First.ClickAsync();
        await Expect(page.Locator("mark.quote-mark").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task The_list_of_conversations_and_its_dialogs_have_no_violations(int width)
    {
        var page = await Browser.OpenAsync(width: width);
        await page.AskAsync(AskPageSteps.Answerable);
        await page.WaitForEndAsync();
        await Expect(page.Locator("details.conversations [data-conversation]:has([aria-current])")).ToBeAttachedAsync();
        await page.EvaluateAsync("document.querySelectorAll('details.conversations').forEach(part => part.open = true)");
        // The one that has just begun: before it is listed, another one stands first.
        var row = page.Locator("[data-conversation]:visible:has([aria-current])");
        foreach (var name in new[] { "Rename", "Delete" })
        {
            await row.HoverAsync();
            await row.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await AssertAccessibleAsync(page);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        }
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Refusal_documents_and_one_document_have_no_violations(int width)
    {
        var page = await Browser.OpenAsync(width: width);
        await page.AskAsync(AskPageSteps.Unanswerable);
        await Expect(page.Locator("[data-insufficient]")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.GotoAsync("documents");
        await Expect(page.Locator("[data-document]").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        // Other tests leave documents behind that have no text to show.
        await page.Locator("[data-document]", new() { HasText = "Ready" }).Locator(".document-title").First.ClickAsync();
        await Expect(page.Locator(".document-text")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Documents_with_a_pause_a_failure_a_history_and_a_check_have_no_violations(int width)
    {
        var name = $"Ashlark{Guid.NewGuid():N}"[..16] + ".pdf";
        await Browser.Client.UploadAsync([DocumentsPageSteps.Damaged(name)]);
        var page = await Browser.OpenAsync("documents", width: width);
        var row = page.Locator($"[data-document='{name}']");
        await Expect(row.Locator("[data-status=failed]")).ToBeVisibleAsync(new() { Timeout = DocumentsPageSteps.IngestionTimeoutMs });
        await Browser.Client.PauseQueueAsync(new() { Reason = "The model is being moved." });
        try
        {
            await Expect(page.Locator("[data-queue=paused]")).ToBeVisibleAsync();
            await row.GetByRole(AriaRole.Button, new() { Name = "History" }).ClickAsync();
            await Expect(page.Locator("[data-event=discarded]")).ToBeVisibleAsync();
            await page.ChooseAsync([.. Enumerable.Range(0, 40).Select(number => ($"folder/with/a/long/path/{number}.md", "# New")), ("logo.png", "no text")]);
            await Expect(page.Locator("[data-send]")).ToBeVisibleAsync();
            await AssertAccessibleAsync(page);
            Assert.True(await page.EvaluateAsync<bool>(Fits));
        }
        finally
        {
            await Browser.Client.ResumeQueueAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Sources_with_held_deletions_a_report_and_a_form_with_problems_have_no_violations(int width)
    {
        using var folder = new WatchedFolder(("a.md", "# One"), ("logo.png", "a picture"));
        var source = await Browser.AddFolderAsync($"Marram{Guid.NewGuid():N}"[..16], folder.Path);
        var page = await Browser.OpenAsync($"sources/{source.Id}", width: width);
        await Expect(page.Runs("completed")).ToBeVisibleAsync(new() { Timeout = SourcesPageSteps.RunTimeoutMs });
        // In this order: a run that sees the page gone and the picture not would just delete it.
        folder.Delete("logo.png");
        folder.Delete("a.md");
        await page.Button("Run now").ClickAsync();
        await Expect(page.Locator("[data-held]")).ToBeVisibleAsync(new() { Timeout = SourcesPageSteps.RunTimeoutMs });
        await AssertAccessibleAsync(page);
        await page.Button("Remove…").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        await page.GotoAsync("sources");
        await Expect(page.Source(source.Name)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        foreach (var kind in new[] { "folder", "git", "web", "azure_blob" })
        {
            await page.GotoAsync($"sources/new?kind={kind}");
            await page.WaitForFormAsync();
            await page.Button("Add the source").ClickAsync();
            await Expect(page.Locator("#name-error")).ToBeVisibleAsync();
            await AssertAccessibleAsync(page);
            Assert.True(await page.EvaluateAsync<bool>(Fits));
        }
        await Browser.Client.RemoveSourceAsync(source.Id, documents: true);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Operations_with_open_tables_requests_and_a_waterfall_have_no_violations(int width)
    {
        var answer = await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        Browser.Model.FailOnce();
        await Browser.Client.RunAgentAsync(new() { Question = ScriptedModel.Price });
        var page = await Browser.OpenAsync("operations", width: width);
        await Expect(page.Locator("[data-stage=write]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-error]").First).ToBeVisibleAsync();
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        await page.GotoAsync("operations/requests");
        await Expect(page.Locator("[data-request]").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        await page.GotoAsync($"operations/requests/{answer.Id}");
        await Expect(page.Locator("[data-step]").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "From the recorded passages" }).ClickAsync();
        await Expect(page.Locator("[data-replay=recorded]")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Research_that_waits_and_that_is_over_has_no_violations(int width)
    {
        var page = await Browser.OpenAsync(width: width);
        await page.ResearchAsync(ScriptedModel.Ticket);
        await Expect(page.Run("waiting_approval")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        await page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
        await Expect(page.Run("completed")).ToBeVisibleAsync();
        await page.Locator(".found-out summary").ClickAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));

        await page.Chips().First.ClickAsync();
        await Expect(page.Locator("mark.quote-mark").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        await page.GotoAsync("research");
        await Expect(page.Locator("[data-earlier]").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(Fits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("research")]
    [InlineData("documents")]
    [InlineData("sources")]
    [InlineData("sources/new?kind=git")]
    [InlineData("operations")]
    [InlineData("operations/requests")]
    public async Task Nothing_scrolls_sideways_at_320_pixels(string path)
    {
        await Browser.Client.AskAsync(new() { Question = AskPageSteps.Answerable });
        var page = await Browser.OpenAsync(path, width: 320);
        await Expect(page.Locator(path switch { "" => ".example", "research" => "[data-research-list=loaded]", "documents" => "[data-document]", "sources" => "[data-archive] button:enabled", "operations" => "[data-stage]", "operations/requests" => ".requests-page", _ => "form[data-live]" }).First).ToBeVisibleAsync();

        Assert.True(await page.EvaluateAsync<bool>(Fits));
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        AssertNone((await page.RunAxe()).Violations, "light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        AssertNone((await page.RunAxe()).Violations, "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static void AssertNone(AxeResultItem[] violations, string theme) => Assert.True(
        violations.Length == 0,
        string.Join('\n', violations.Select(violation =>
            $"{theme}, {violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}")));
}
