using AiApp.Contracts;
using Microsoft.Playwright;

namespace AiApp.Browser.Tests.Stack;

/// <summary>One stack and one browser for all tests; every test gets pages of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private RunningStack? stack;
    private ScriptedModel? model;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Uri Web => stack!.Web;
    public Uri Api => stack!.Api;

    public AiAppClient Client { get; private set; } = null!;

    /// <summary>What research asks; questions are answered without it.</summary>
    internal ScriptedModel Model => model!;

    public async Task InitializeAsync()
    {
        // The contexts' own timeout does not hold for what is expected of a page.
        Assertions.SetDefaultExpectTimeout(60_000);
        model = await ScriptedModel.StartAsync();
        stack = await RunningStack.StartAsync(model.Settings);
        Client = new AiAppClient(new HttpClient { BaseAddress = stack.Api });
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("AIAPP_CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium",
            Args = Arguments,
        });
        await WaitForSamplesAsync();
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }
        playwright?.Dispose();
        if (stack is not null)
        {
            await stack.DisposeAsync();
        }
        if (model is not null)
        {
            await model.DisposeAsync();
        }
    }

    /// <summary>One more Api over the same documents, set up otherwise.</summary>
    internal Task<HostProcess> StartApiAsync(Uri address, params IEnumerable<(string Name, string Value)> settings) => stack!.StartApiAsync(address, settings);

    /// <summary>Many pages as tabs of one visitor: contexts of their own would take several times the memory.</summary>
    public async Task<IReadOnlyList<IPage>> OpenTabsAsync(int count, Uri web)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = web.ToString(), ViewportSize = new() { Width = 800, Height = 600 } });
        context.SetDefaultTimeout(60_000);
        var pages = new List<IPage>();
        while (pages.Count < count)
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync("");
            pages.Add(page);
        }
        return pages;
    }

    /// <summary>A page in a context of its own, as a new visitor gets it.</summary>
    public async Task<IPage> OpenAsync(string path = "", Uri? web = null, int width = 1280, ColorScheme colors = ColorScheme.Light)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = (web ?? Web).ToString(),
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = colors,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    public async Task ClosePagesAsync()
    {
        foreach (var context in browser!.Contexts)
        {
            await context.CloseAsync();
        }
    }

    private async Task WaitForSamplesAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        // They are added one by one: that nothing waits may mean that the next was not added yet.
        var samples = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*", SearchOption.AllDirectories)
            .Count(file => !Path.GetFileName(file).StartsWith('.'));
        DocumentSummaryDto summary;
        do
        {
            await timer.WaitForNextTickAsync(deadline.Token);
            summary = await Client.GetDocumentSummaryAsync(deadline.Token);
        }
        while (summary.Ready < samples || summary.Waiting + summary.Working > 0);
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
