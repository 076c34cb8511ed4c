using AiApp.Contracts;
using AiApp.Web.Components.Pages.Ask;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiApp.Web.Tests.Answers;

public sealed class WhyPassageTests
{
    private static readonly CandidateDto Candidate = new()
    {
        Place = 2,
        Passage = new()
        {
            DocumentId = Guid.Empty,
            VersionId = 1,
            ChunkId = 7,
            Title = "Travel <img src=x onerror=alert(1)> policy",
            SourceUri = "policies/travel.md",
            HeadingPath = "Meals",
            Text = "The allowance.",
            StartOffset = 0,
            Length = 14,
            Score = 0.55,
            Decisions = [new() { Reason = "outdated", Text = "Not valid at the time in question.", Factor = 0.55 }, new() { Reason = "kept", Text = "Became passage 2." }],
            AlsoIn = [new() { DocumentId = Guid.Empty, Title = "Old", SourceUri = "archive/travel.md" }],
        },
        FusedRank = 1,
        FusedScore = 1,
        Lexical = new() { Rank = 1, Score = 12.3, Normalised = 1, Weight = 0.95, Share = 0.95 },
        Terms = [new() { Lexeme = "allow", Idf = 4.3, QueryFrequency = 1, Weight = 2, Product = 8.6 }],
    };

    [Fact]
    public async Task What_each_leg_gave_and_what_was_decided_is_text_and_not_colour_alone()
    {
        var body = await RenderAsync();

        Assert.Equal("Passage 2", body.QuerySelector(".why-place")!.TextContent);
        Assert.Equal(
            ["place 1, gives 0.95 of 0.95: allow 8.6", "not found", "Not valid at the time in question. Became passage 2.", "archive/travel.md"],
            body.QuerySelectorAll("dd").Select(element => element.TextContent));
        Assert.Equal("true", body.QuerySelector("svg")!.GetAttribute("aria-hidden"));
    }

    [Fact]
    public async Task A_title_stays_text()
    {
        var body = await RenderAsync();

        Assert.Empty(body.QuerySelectorAll("img, script"));
        Assert.Empty(body.QuerySelectorAll("[style]")); // the policy for contents forbids it
    }

    private static async Task<IElement> RenderAsync()
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<WhyPassage>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(WhyPassage.Candidate)] = Candidate,
            }))).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
