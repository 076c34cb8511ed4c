using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static AiApp.Browser.Tests.SourcesPageSteps;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class SourcesTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private readonly string word = $"Tansy{Guid.NewGuid():N}"[..16];

    [Fact]
    public async Task A_folder_becomes_a_source_and_its_files_documents_before_our_eyes()
    {
        using var folder = new WatchedFolder(("a.md", $"# {word}\n\nThe first page.\n"), ("logo.png", "a picture"));
        var page = await Browser.OpenAsync("sources/new?kind=folder");
        await page.WaitForFormAsync();
        await page.Field("Name", exact: true).FillAsync(word);
        await page.Field("Folder").FillAsync(folder.Path);
        await page.Button("Try it out").ClickAsync();
        await Expect(page.Locator("[data-tried]")).ToContainTextAsync("It can be listed. First comes");

        await page.Button("Add the source").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = word, Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Runs("completed")).ToContainTextAsync("1 added, 1 skipped", new() { Timeout = RunTimeoutMs });
        await Expect(page.Count("Listed")).ToHaveTextAsync("2");
        await Expect(page.Locator("[data-problem=unsupported_media]")).ToContainTextAsync("logo.png");

        folder.Write("b.md", $"# {word}\n\nThe second page.\n");
        await page.Button("Run now").ClickAsync();
        await Expect(page.Locator("[data-documents]")).ToHaveTextAsync("2", new() { Timeout = RunTimeoutMs });
        // Only of what changes before its eyes: the first run may have ended before the page came.
        await Expect(page.Locator("[data-announcement]")).ToContainTextAsync($"{word}: completed", new() { Timeout = RunTimeoutMs });
        await page.ReloadAsync();
        await Expect(page.Runs("completed").Filter(new() { HasText = "1 added" })).Not.ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Expect(page.Row($"{word}/b.md").Locator("[data-status=ready]")).ToBeVisibleAsync(new() { Timeout = DocumentsPageSteps.IngestionTimeoutMs });
    }

    [Fact]
    public async Task Deletions_that_look_like_an_accident_are_made_when_a_person_says_so()
    {
        using var folder = new WatchedFolder(("pages/a.md", "# One"), ("pages/b.md", "# Two"));
        await Browser.AddFolderAsync(word, folder.Path);
        var page = await Browser.OpenAsync("sources");
        await Expect(page.Source(word).Locator("[data-state=completed]")).ToBeVisibleAsync(new() { Timeout = RunTimeoutMs });
        folder.Hide("pages");
        await page.Button($"Run {word} now").ClickAsync();
        await Expect(page.Source(word).Locator("[data-state=held]")).ToHaveTextAsync("Waits for you", new() { Timeout = RunTimeoutMs });
        await page.Locator(".source-name", new() { HasText = word }).ClickAsync();
        await Expect(page.Locator("[data-source-page] [data-held]")).ToContainTextAsync("All of its 2 documents are gone from the source.");

        await page.Button("Delete 2 documents…").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Delete 2 documents?");
        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["pages/a.md", "pages/b.md"]);
        await page.Button("Keep them").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await Expect(page.Locator("[data-documents]")).ToHaveTextAsync("2");
        await page.Button("Delete 2 documents…").ClickAsync();
        await page.Button("Delete 2 documents").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToBeFocusedAsync();

        await Expect(page.Locator("[data-documents]")).ToHaveTextAsync("0", new() { Timeout = RunTimeoutMs });
        await Expect(page.Runs("completed").Filter(new() { HasText = "2 deleted" })).ToBeVisibleAsync();
        await Expect(page.Locator("[data-held]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_is_made()
    {
        var page = await Browser.OpenAsync("sources/new?kind=web");
        await page.WaitForFormAsync();
        await page.Button("Add the source").ClickAsync();
        await Expect(page.Field("Name", exact: true)).ToBeFocusedAsync();
        await Expect(page.Locator("#name-error")).ToContainTextAsync("Give it a name");
        await page.Field("Name", exact: true).FillAsync(word);
        await page.Field("Single pages").FillAsync("http://127.0.0.1/secret");
        await page.Button("Add the source").ClickAsync();
        await Expect(page.Locator("#urls-error")).ToContainTextAsync("127.0.0.1");
        await Expect(page.Field("Single pages")).ToBeFocusedAsync();
        await Expect(page.Field("Single pages")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Field("Single pages")).ToHaveAttributeAsync("aria-describedby", new Regex("urls-error"));

        await page.GetByRole(AriaRole.Radio, new() { Name = "Git repository" }).CheckAsync();
        await Expect(page).ToHaveURLAsync(new Regex("kind=git"));
        await page.Field("Repository").FillAsync("https://example.com/a.git");
        await page.Field("Name of the secret").FillAsync("https://user:token@example.com");
        await page.Button("Try it out").ClickAsync();
        await Expect(page.Locator("#secret-error")).ToContainTextAsync("Give the name of a secret");
        await Expect(page.Locator("#secret-error")).Not.ToContainTextAsync("token@");
        Assert.DoesNotContain(await Browser.Client.ListSourcesAsync(), source => source.Name == word);
    }

    [Fact]
    public async Task A_page_that_has_just_come_leaves_the_focus_to_whoever_reads_it()
    {
        var page = await Browser.OpenAsync("sources/new");
        await page.WaitForFormAsync();
        // What it asks of the server is answered after whatever the server did on its own.
        await page.GetByRole(AriaRole.Radio, new() { Name = "Git repository" })
            .EvaluateAsync("radio => { radio.checked = true; radio.dispatchEvent(new Event('change', { bubbles: true })); }");

        await Expect(page.Field("Branch")).ToBeVisibleAsync();

        Assert.Equal("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    [Fact]
    public async Task A_page_that_is_gone_to_begins_at_its_title()
    {
        var page = await Browser.OpenAsync("sources/new");
        await page.WaitForFormAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "All sources" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sources");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keyboard_alone_is_enough_to_add_a_source_and_to_remove_it_with_its_documents()
    {
        using var folder = new WatchedFolder(("a.md", "# One"));
        var page = await Browser.OpenAsync("sources/new");
        await page.WaitForFormAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Radio, new() { Name = "Folder" }));
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Field("Branch")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Field("Branch")).ToHaveCountAsync(0);
        await page.TabToAsync(page.Field("Name", exact: true));
        await page.Keyboard.TypeAsync(word);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(folder.Path);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Runs("completed")).ToContainTextAsync("1 added", new() { Timeout = RunTimeoutMs });

        await page.TabToAsync(page.Locator("[data-run] .run-head").First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Count("Added")).ToHaveCountAsync(0);
        await page.TabToAsync(page.Button("Remove…"), back: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Keep it")).ToBeFocusedAsync();
        await page.TabToAsync(page.GetByRole(AriaRole.Radio, new() { Name = "It stays" }), back: true);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.TabToAsync(page.Button("Remove it and delete 1 document"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-removed]")).ToContainTextAsync("its documents are deleted", new() { Timeout = RunTimeoutMs });
        Assert.DoesNotContain((await Browser.Client.ListDocumentsAsync(limit: 100)).Items, document => document.SourceUri == $"{word}/a.md");
    }

    [Fact]
    public async Task A_source_that_is_gone_before_its_removal_was_answered_is_told_to_be_removed()
    {
        using var folder = new WatchedFolder(("a.md", "# One"));
        var source = await Browser.AddFolderAsync(word, folder.Path);
        await using var relay = await HoldingRelay.StartAsync(Browser.Api);
        var address = HostProcess.FreeAddress();
        await using var web = await RunningStack.StartWebAsync(address, relay.Address);
        var page = await Browser.OpenAsync($"sources/{source.Id}", address);
        await Expect(page.Locator("[data-documents]")).ToHaveTextAsync("1", new() { Timeout = RunTimeoutMs });
        var gone = new TaskCompletionSource();
        var removing = false;
        relay.Around = async (context, next) =>
        {
            if (removing)
            {
                await gone.Task;
            }
            removing |= HttpMethods.IsDelete(context.Request.Method);
            await next();
            if (HttpMethods.IsDelete(context.Request.Method))
            {
                await WaitUntilGoneAsync(source.Id);
                gone.TrySetResult();
            }
        };

        await page.Button("Remove…").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "It is deleted" }).CheckAsync();
        await page.Button("Remove it and delete 1 document").ClickAsync();

        await Expect(page.Locator("[data-removed]")).ToContainTextAsync("its documents are deleted");
    }

    [Fact]
    public async Task A_source_is_paused_edited_and_removed_without_its_documents()
    {
        using var folder = new WatchedFolder(("a.md", "# One"));
        var source = await Browser.AddFolderAsync(word, folder.Path);
        var page = await Browser.OpenAsync($"sources/{source.Id}");
        await Expect(page.Runs("completed")).ToBeVisibleAsync(new() { Timeout = RunTimeoutMs });
        await Expect(page.Locator("[data-state=completed]")).ToBeVisibleAsync();
        await page.Button("Pause").ClickAsync();
        await Expect(page.Locator("[data-said]")).ToContainTextAsync("is paused");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-state=paused]")).ToHaveTextAsync("Paused");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.WaitForFormAsync();
        await Expect(page.GetByLabel("Run by this schedule")).Not.ToBeCheckedAsync();
        await page.Field("Name", exact: true).FillAsync($"{word} renamed");
        await page.GetByLabel("Unit").SelectOptionAsync("days");
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{word} renamed", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Every 1 day, paused");

        await page.Button("Remove…").ClickAsync();
        await page.Button("Remove the source").ClickAsync();
        await Expect(page.Locator("[data-removed]")).ToHaveTextAsync("The source is removed.");
        await page.GetByRole(AriaRole.Link, new() { Name = "All sources" }).ClickAsync();
        await Expect(page.Locator("table.sources, [data-empty]").First).ToBeVisibleAsync();
        await Expect(page.Source($"{word} renamed")).ToHaveCountAsync(0);
        Assert.Contains((await Browser.Client.ListDocumentsAsync(limit: 100)).Items, document => document.SourceUri == $"{word}/a.md");
    }

    private async Task WaitUntilGoneAsync(Guid source)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await Browser.Client.ListSourcesAsync()).Any(one => one.Id == source))
        {
            await timer.WaitForNextTickAsync();
        }
    }
}
