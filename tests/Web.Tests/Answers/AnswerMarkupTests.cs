using AiApp.Web.Answers;

namespace AiApp.Web.Tests.Answers;

public sealed class AnswerMarkupTests
{
    private static readonly HashSet<string> NoHosts = [];

    [Fact]
    public void A_marker_with_a_citation_becomes_a_chip()
    {
        var paragraph = Assert.IsType<AnswerElementNode>(Parse("It is 320 SEK [1].")[0]);

        Assert.Equal("p", paragraph.Tag);
        Assert.Collection(
            paragraph.Children,
            node => Assert.Equal("It is 320 SEK ", Assert.IsType<AnswerTextNode>(node).Text),
            node => Assert.Equal(1, Assert.IsType<AnswerCitationNode>(node).Citation.Marker),
            node => Assert.Equal(".", Assert.IsType<AnswerTextNode>(node).Text));
    }

    [Theory]
    [InlineData("See [7].")]
    [InlineData("See [999].")]
    [InlineData("See [0] and [12345].")]
    public void A_marker_without_a_citation_stays_as_it_was_written(string markdown)
    {
        Assert.Equal(markdown, Text(Parse(markdown)));
        Assert.Empty(Flatten(Parse(markdown)).OfType<AnswerCitationNode>());
    }

    [Fact]
    public void A_marker_in_code_stays_text() =>
        Assert.Equal("a[1] = 2", Text(Parse("`a[1] = 2`")));

    [Theory]
    [InlineData("[1](https://evil.example/)")]
    [InlineData("[1]: https://evil.example/\n\nText [1]")]
    public void A_marker_never_becomes_a_link(string markdown)
    {
        var nodes = Flatten(Parse(markdown, "evil.example")).ToList();

        Assert.Contains(nodes, node => node is AnswerCitationNode);
        Assert.DoesNotContain(nodes, node => node is AnswerElementNode { Tag: "a" });
    }

    [Fact]
    public void Hidden_marker_characters_in_model_output_do_nothing()
    {
        var nodes = Parse("x\uE0001\uE001y");

        Assert.DoesNotContain(Flatten(nodes), node => node is AnswerCitationNode);
        Assert.Equal("x1y", Text(nodes));
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    public void What_is_nested_too_deeply_is_shown_as_it_was_written(string block)
    {
        var markdown = string.Concat(Enumerable.Repeat(block, 200)) + "deep";

        Assert.Equal(markdown, Assert.IsType<AnswerTextNode>(Assert.Single(Parse(markdown))).Text);
    }

    [Theory]
    [InlineData("[١](https://docs.norrvik.example/)")]
    [InlineData("[１](https://docs.norrvik.example/)")]
    public void Digits_of_other_scripts_make_no_marker(string link) =>
        Assert.Contains(Flatten(Parse(link, "docs.norrvik.example")), node => node is AnswerElementNode { Tag: "a" });

    [Fact]
    public void Structure_survives()
    {
        var tags = Tags("# Title\n\n- **a**\n- *b*\n\n1. c\n\n> d\n\n```\ne\n```\n\n| f | g |\n|---|---|\n| 1 | 2 |");

        Assert.Equal(["h3", "ul", "li", "strong", "em", "ol", "blockquote", "p", "pre", "code", "table", "thead", "tr", "th", "tbody", "td"], tags);
    }

    [Fact]
    public void A_link_to_an_allowed_host_is_a_link()
    {
        var link = Assert.Single(Flatten(Parse("[docs](https://docs.norrvik.example/a?b=1)", "docs.norrvik.example")).OfType<AnswerElementNode>(), node => node.Tag == "a");

        Assert.Equal("https://docs.norrvik.example/a?b=1", link.Href);
    }

    [Theory]
    [InlineData("[docs](https://evil.example/?q=secret)", "docs (https://evil.example/?q=secret)")]
    [InlineData("<https://evil.example/>", "https://evil.example/")]
    [InlineData("[x](//docs.norrvik.example/)", "x (//docs.norrvik.example/)")]
    [InlineData("[x](https://docs.norrvik.example@evil.example/)", "x (https://docs.norrvik.example@evil.example/)")]
    public void A_link_elsewhere_is_text_that_shows_where_it_led(string markdown, string expected)
    {
        Assert.Equal(expected, Text(Parse(markdown, "docs.norrvik.example")));
        Assert.DoesNotContain("a", Tags(markdown));
    }

    private static IReadOnlyList<AnswerNode> Parse(string markdown, params string[] hosts) =>
        AnswerMarkup.Parse(markdown, TestCitations.Of(TestCitations.Citation(1)), hosts.Length == 0 ? NoHosts : hosts.ToHashSet());

    private static List<string> Tags(string markdown) =>
        Flatten(Parse(markdown, "docs.norrvik.example")).OfType<AnswerElementNode>().Select(node => node.Tag).Distinct().ToList();

    private static string Text(IEnumerable<AnswerNode> nodes) =>
        string.Concat(Flatten(nodes).OfType<AnswerTextNode>().Select(node => node.Text)).Trim();

    private static IEnumerable<AnswerNode> Flatten(IEnumerable<AnswerNode> nodes) =>
        nodes.SelectMany(node => node is AnswerElementNode element ? Flatten(element.Children).Prepend(node) : [node]);
}
