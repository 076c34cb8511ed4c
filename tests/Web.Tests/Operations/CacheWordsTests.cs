using AiApp.Contracts;
using AiApp.Web.Components.Pages.Operations;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiApp.Web.Tests.Operations;

public sealed class CacheWordsTests
{
    [Fact]
    public void What_was_saved_is_told_with_the_share_of_questions()
    {
        var report = Report(new("hit", 412), new("joined", 9), new("miss_empty", 1204), new("miss_guard", 250)) with { SavedSeconds = 1389.2, SavedDollars = 2.417m };

        Assert.Equal("421 of 1,875 questions got an answer that was there already (22.5 %). That saved 23.2 min of writing and $2.42.", CacheWords.Saved(report));
        Assert.Equal("None of 1 question got an answer that was there already.", CacheWords.Saved(Report(new CacheLookupsDto("miss_empty", 1))));
    }

    [Fact]
    public void False_hits_are_told_with_their_sample_and_their_interval_or_as_not_known()
    {
        Assert.Equal(
            "False hits: 0.48 %. Of 210 answers given again that were written anew as well, unseen, 1 was different; with 95 % confidence the true share lies between 0.08 % and 2.7 %.",
            CacheWords.FalseHits(new(210, 1, 1 / 210.0, 0.0008, 0.0265)));
        Assert.Contains("0 were different; with 95 % confidence the true share lies between 0.0 % and 30.8 %", CacheWords.FalseHits(new(10, 0, 0, 0, 0.308)), StringComparison.Ordinal);
        Assert.StartsWith("False hits: not known.", CacheWords.FalseHits(new(0, 0, null, 0, 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hit")]
    [InlineData("joined")]
    [InlineData("miss_empty")]
    [InlineData("miss_guard")]
    [InlineData("miss_evidence_changed")]
    [InlineData("miss_evidence_differs")]
    [InlineData("bypass")]
    [InlineData("unavailable")]
    public void Every_result_has_words_of_its_own(string result) => Assert.DoesNotContain('_', CacheWords.Result(result));

    [Fact]
    public async Task The_results_stand_in_a_fixed_order_with_hits_first_and_none_that_never_happened()
    {
        var section = await RenderAsync(Report(new("unavailable", 2), new("miss_empty", 3), new("something_new", 1), new("hit", 4), new("bypass", 0)));

        Assert.Equal(["hit", "miss_empty", "unavailable", "something_new"], section.QuerySelectorAll("[data-lookup]").Select(row => row.GetAttribute("data-lookup")!));
        Assert.Equal("40.0 %", section.QuerySelector("[data-lookup=hit] .number:last-child")!.TextContent);
        Assert.Null(section.QuerySelector("[data-cache-off]"));
    }

    [Fact]
    public async Task A_time_without_look_ups_and_a_cache_that_is_off_say_so()
    {
        var section = await RenderAsync(Report() with { IsEnabled = false });

        Assert.NotNull(section.QuerySelector("[data-cache-off]"));
        Assert.NotNull(section.QuerySelector("[data-cache-empty]"));
        Assert.Null(section.QuerySelector("table"));
        Assert.Null(section.QuerySelector("[data-false-hits]"));
    }

    private static CacheReportDto Report(params IReadOnlyList<CacheLookupsDto> lookups) => new()
    {
        From = default, To = default, IsEnabled = true, Lookups = lookups, SavedSeconds = 0, SavedDollars = 0, FalseHits = new(0, 0, null, 0, 1),
    };

    private static async Task<IElement> RenderAsync(CacheReportDto report)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(CacheSection.Report)] = report });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CacheSection>(parameters)).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
