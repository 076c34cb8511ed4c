using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AiApp.Browser.Tests.Stack;
using AiApp.Contracts;
using AiApp.Testing;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace AiApp.Browser.Tests;

/// <summary>A site that is killed while answers stream to its pages, and started again.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class SiteKillTests(BrowserFixture fixture, ITestOutputHelper output) : BrowserTest(fixture)
{
    // AIAPP_WEB_STREAMS=50 for the whole drill.
    private static readonly int Streams = int.Parse(Environment.GetEnvironmentVariable("AIAPP_WEB_STREAMS") ?? "3", CultureInfo.InvariantCulture);
    private const string Sentence = "The daily meal allowance for travel inside Sweden is 320 SEK";
    private const int Sentences = 40;
    private const float EndWithinMs = 240_000;

    // Loaded anew, alive, and nothing is being written any more.
    private const string HasEnded = "() => !window.beforeTheKill && document.querySelector('[data-send][data-live]') && !document.querySelector('.exchange[data-state=streaming]')";

    // An answer takes longer than all pages need to ask, and they ask one after the other: the kill finds some at their end and some at their beginning.
    private static readonly TimeSpan PieceDelay = TimeSpan.FromMilliseconds(Math.Max(300, 20 * Streams));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_ends_with_the_whole_answer_or_an_error_and_never_with_a_part_as_the_whole(bool killsTheApiToo)
    {
        await using var model = await ModelServer.StartAsync(new ModelServerOptions
        {
            Mode = AnswerMode.Scripted, Script = [.. Enumerable.Repeat(Sentence + " [1]. ", Sentences)], PieceDelay = PieceDelay, KeepsCalls = false,
        });
        var (api, web) = (HostProcess.FreeAddress(), HostProcess.FreeAddress());
        Task<HostProcess> StartApiAsync() => Browser.StartApiAsync(api,
            ("Models:Providers:slow:Endpoint", $"{model.Endpoint}"), ("Models:Providers:slow:ApiKey", "none"), ("Models:Chat:slow:Provider", "slow"),
            ("Models:Routes:answer:0", "slow"), ("Cache:Enabled", "false"));
        var answering = await StartApiAsync();
        using var http = new HttpClient { BaseAddress = api };
        var recorded = new AiAppClient(http);
        var killed = await RunningStack.StartWebAsync(web, api);
        try
        {
            var pages = await Browser.OpenTabsAsync(Streams, web);
            foreach (var page in pages)
            {
                await page.WaitUntilLiveAsync();
            }
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(pages.Select((page, n) => AskAsync(page, PieceDelay * Sentences * 0.9 * n / Streams)));
            var asked = Stopwatch.GetElapsedTime(began);
            await Expect(pages[Streams / 4].Exchange()).ToHaveAttributeAsync("data-state", "finished", new() { Timeout = EndWithinMs });

            await killed.DisposeAsync();
            if (killsTheApiToo)
            {
                await answering.DisposeAsync();
            }
            var killedAt = Stopwatch.GetTimestamp();
            await Task.WhenAll(pages.Select(page => page.EvaluateAsync("window.beforeTheKill = true")));
            var cut = await Task.WhenAll(pages.Select(EndAsync));
            if (killsTheApiToo)
            {
                answering = await StartApiAsync();
            }
            killed = await RunningStack.StartWebAsync(web, api);
            await Task.WhenAll(pages.Select(page => page.WaitForFunctionAsync(HasEnded, null, new() { Timeout = EndWithinMs })));
            var ended = Stopwatch.GetTimestamp();

            var ends = await Task.WhenAll(pages.Select(EndAsync));
            foreach (var end in ends)
            {
                await CheckAsync(recorded, end);
            }
            var (whole, errors) = Count(ends);
            output.WriteLine($"{Streams} pages, asked within {asked.TotalSeconds:0.0} s: {Count(cut).Whole} whole when the site{(killsTheApiToo ? " and the Api were" : " was")} killed; "
                + $"{whole} whole and {errors} with an error {Stopwatch.GetElapsedTime(killedAt, ended).TotalSeconds:0.0} s after it");
            Assert.Equal(Streams, whole + errors);
            Assert.Contains(cut, end => end.State == "streaming");
        }
        finally
        {
            await killed.DisposeAsync();
            await answering.DisposeAsync();
        }
    }

    /// <summary>What a page shows: the address of its conversation, how its answer ended, its text, and words of a problem or a notice.</summary>
    private sealed record End(string Address, string? State, string Text, string Told);

    private static async Task AskAsync(IPage page, TimeSpan after)
    {
        await Task.Delay(after);
        await page.Question().FillAsync(AskPageSteps.Answerable);
        await page.Question().PressAsync("Enter");
    }

    private static async Task<End> EndAsync(IPage page)
    {
        var told = await page.EvaluateAsync<string[]>(
            """
            () => {
              const exchange = [...document.querySelectorAll(".exchange")].at(-1);
              const answer = exchange?.querySelector("[data-answer]")?.cloneNode(true);
              answer?.querySelectorAll("[data-cite]").forEach(cite => cite.replaceWith(`[${cite.querySelector("[data-marker]").dataset.marker}]`));
              return [location.pathname, exchange?.dataset.state ?? "", answer?.textContent ?? "",
                [...document.querySelectorAll("[data-part], .problem, [data-composer-notice]")].map(part => part.textContent).join(" ").trim()];
            }
            """);
        return new(told[0], told[1].Length == 0 ? null : told[1], Flat(told[2]), told[3]);
    }

    /// <summary>What the page calls whole is what the Api has recorded, letter by letter; what is not whole says so.</summary>
    private static async Task CheckAsync(AiAppClient recorded, End end)
    {
        if (end.State != "finished")
        {
            Assert.NotEqual("", end.Told);
            Assert.True(end.Text.Length == 0 || end.Told.Contains("Not complete.", StringComparison.Ordinal), end.Told);
            return;
        }
        var turn = Assert.Single((await recorded.GetConversationAsync(Guid.Parse(end.Address[^36..]))).Turns);
        Assert.Equal(TurnStates.Complete, turn.State);
        Assert.Equal(Flat(turn.Answer!.Text), end.Text);
        Assert.Equal(Sentences, end.Text.Split("320SEK").Length - 1);
    }

    private static (int Whole, int Errors) Count(IReadOnlyCollection<End> ends) =>
        (ends.Count(end => end.State == "finished"), ends.Count(end => end.State != "finished" && end.Told.Length > 0));

    private static string Flat(string text) => Spaces().Replace(text, "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
