using AiApp.Contracts;
using AiApp.Web.Components.Pages.Sources;
using AiApp.Web.Components.Pages.Sources.Runs;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiApp.Web.Tests.Sources;

public sealed class SourceRenderingTests
{
    [Fact]
    public async Task A_report_tells_every_count_and_every_problem_as_text()
    {
        var report = await RenderAsync<RunReport>(nameof(RunReport.Run), new SourceRunDto
        {
            Id = 3, StartedAt = default, FinishedAt = default(DateTimeOffset).AddSeconds(3), Outcome = "partial",
            Listed = 1_220, Added = 2, Changed = 1, Unchanged = 1_206, Deleted = 3, Rejected = 10, Failed = 1, Held = 0,
            Problems =
            [
                new() { Item = "<img src=x onerror=alert(1)>.png", Code = "unsupported_media", Reason = "Pictures are not read." },
                new() { Item = "", Code = "source_unreachable", Reason = "The site answered 500." },
            ],
        });

        Assert.Equal(
            ["Listed 1,220", "Added 2", "Changed 1", "Unchanged 1,206", "Deleted 3", "Held 0", "Skipped 10", "Failed 1"],
            report.QuerySelectorAll("[data-count]").Select(count => $"{count.QuerySelector("dt")!.TextContent} {count.QuerySelector("dd")!.TextContent}"));
        Assert.Contains("What the matter was, 2 times of 11", report.TextContent, StringComparison.Ordinal);
        Assert.Equal(["<img src=x onerror=alert(1)>.png", "The source itself"], report.QuerySelectorAll(".item").Select(item => item.TextContent));
        Assert.Empty(report.QuerySelectorAll("img"));
    }

    [Fact]
    public async Task Whoever_has_no_source_is_told_what_one_is_and_led_to_the_first_of_each_kind()
    {
        var empty = await RenderAsync<NoSources>();

        Assert.Contains("A source is a place that AiApp looks at again and again.", empty.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/sources/new?kind=folder", "/sources/new?kind=git", "/sources/new?kind=web", "/sources/new?kind=azure_blob"],
            empty.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!));
    }

    [Fact]
    public async Task The_facts_of_a_source_name_its_secret_and_its_settings()
    {
        var facts = await RenderAsync<SourceFacts>(nameof(SourceFacts.Source), new SourceDto
        {
            Id = Guid.Empty, Name = "Handbook", Kind = "git", Collection = "hr", Readers = ["group:hr", "user:ann"], IntervalSeconds = 900, Enabled = false,
            State = SourceStates.Disabled, NextRunAt = default, CreatedAt = default, DocumentCount = 1_200,
            Git = new() { Repository = "https://git.example.com/a.git", Include = ["**/*.md", "docs/**"], Secret = "hr-token" },
        });

        var told = facts.QuerySelectorAll("dl > div").ToDictionary(fact => fact.QuerySelector("dt")!.TextContent, fact => fact.QuerySelector("dd")!.TextContent.Trim());
        Assert.Equal("https://git.example.com/a.git", told["Git repository"]);
        Assert.Equal("**/*.md\ndocs/**", told["Only paths like"]);
        Assert.Equal("hr-token", told["Name of the secret"]);
        Assert.Equal("its default branch", told["Branch"]);
        Assert.Equal("Every 15 min, paused", told["Schedule"]);
        Assert.Equal("When it is resumed", told["Next run"]);
        Assert.Equal("1,200", told["Documents"]);
        Assert.DoesNotContain("Pages", told.Keys);
    }

    private static async Task<IElement> RenderAsync<TComponent>(string? parameter = null, object? value = null)
        where TComponent : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = parameter is null ? ParameterView.Empty : ParameterView.FromDictionary(new Dictionary<string, object?> { [parameter] = value });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(parameters)).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
