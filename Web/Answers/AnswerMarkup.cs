using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AiApp.Contracts;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;

namespace AiApp.Web.Answers;

/// <summary>
/// Turns the Markdown of a model into nodes that are safe to show. Model output is hostile input: raw HTML is off, the
/// resulting tree is copied through an allow-list, and no markup string ever reaches the page.
/// </summary>
internal static partial class AnswerMarkup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    private static readonly FrozenSet<string> Tags = FrozenSet.ToFrozenSet(
    [
        "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr",
        "table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "h5", "h6", "a",
    ]);

    // The page's own headings are h1 and h2.
    private static readonly FrozenDictionary<string, string> Renamed =
        new Dictionary<string, string> { ["h1"] = "h3", ["h2"] = "h3", ["b"] = "strong", ["i"] = "em" }.ToFrozenDictionary();

    /// <summary>Elements whose text is not prose: dropped with all they hold.</summary>
    private static readonly FrozenSet<string> Dropped = FrozenSet.ToFrozenSet(
        ["script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "form", "input", "button", "textarea", "select"]);

    /// <param name="markdown">What the model wrote, with markers <c>[n]</c>.</param>
    /// <param name="citations">The resolved citations by marker; a marker without one is shown as it stands.</param>
    /// <param name="linkHosts">Hosts that links may lead to; other links are shown as text.</param>
    public static IReadOnlyList<AnswerNode> Parse(
        string markdown, IReadOnlyDictionary<int, CitationDto> citations, IReadOnlySet<string> linkHosts)
    {
        string html;
        try
        {
            html = Markdown.ToHtml(HideMarkers(markdown), Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's own bound of 128 nested blocks: such an answer is read as it was written.
            return [new AnswerTextNode(markdown)];
        }
        var body = new HtmlParser().ParseDocument(html).Body!;
        return Copy(body, new Context(citations, linkHosts), inCode: false);
    }

    private static List<AnswerNode> Copy(INode parent, Context context, bool inCode)
    {
        var nodes = new List<AnswerNode>();
        foreach (var child in parent.ChildNodes)
        {
            switch (child)
            {
                case IText { Data: var text }:
                    AddText(nodes, text, context, inCode);
                    break;
                case IElement element when !Dropped.Contains(element.LocalName):
                    AddElement(nodes, element, context, inCode);
                    break;
                default:
                    break;
            }
        }
        return nodes;
    }

    private static void AddElement(List<AnswerNode> nodes, IElement element, Context context, bool inCode)
    {
        var tag = Renamed.GetValueOrDefault(element.LocalName, element.LocalName);
        var children = Copy(element, context, inCode || tag is "code" or "pre");
        if (!Tags.Contains(tag))
        {
            nodes.AddRange(children);
            return;
        }
        if (tag != "a")
        {
            nodes.Add(new AnswerElementNode(tag, Href: null, children));
            return;
        }
        var address = ShowMarkers(element.GetAttribute("href") ?? "");
        if (AllowedLink(address, context.LinkHosts) is { } href)
        {
            nodes.Add(new AnswerElementNode(tag, href, children));
            return;
        }
        // A link that leads elsewhere is a way to carry words out of the answer: the reader sees it and decides.
        nodes.AddRange(children);
        if (address.Length > 0 && !string.Equals(element.TextContent, address, StringComparison.Ordinal))
        {
            nodes.Add(new AnswerTextNode($" ({address})"));
        }
    }

    private static void AddText(List<AnswerNode> nodes, string text, Context context, bool inCode)
    {
        var position = 0;
        foreach (var match in inCode ? [] : HiddenMarker().Matches(text).AsEnumerable())
        {
            if (int.TryParse(match.Groups["n"].ValueSpan, out var marker) && context.Citations.TryGetValue(marker, out var citation))
            {
                AddLiteral(text[position..match.Index]);
                nodes.Add(new AnswerCitationNode(citation));
                position = match.Index + match.Length;
            }
        }
        AddLiteral(text[position..]);

        void AddLiteral(string literal)
        {
            if (literal.Length > 0)
            {
                nodes.Add(new AnswerTextNode(ShowMarkers(literal)));
            }
        }
    }

    private static string? AllowedLink(string address, IReadOnlySet<string> linkHosts) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
        && linkHosts.Contains(uri.IdnHost)
            ? uri.AbsoluteUri
            : null;

    // Markdown would read "[1](address)" and "[1]: address" as links. While it works, markers are hidden behind characters of
    // the private use area, which are taken out of the text first.
    private static string HideMarkers(string markdown) =>
        Marker().Replace(PrivateUse().Replace(markdown, ""), match => $"\uE000{match.Groups["n"].Value}\uE001");

    private static string ShowMarkers(string text) => HiddenMarker().Replace(text, match => $"[{match.Groups["n"].Value}]");

    [GeneratedRegex(@"\[(?<n>[0-9]{1,3})\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Marker();

    [GeneratedRegex("\uE000(?<n>[0-9]{1,3})\uE001", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HiddenMarker();

    [GeneratedRegex("[\uE000\uE001]", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PrivateUse();

    private sealed record Context(IReadOnlyDictionary<int, CitationDto> Citations, IReadOnlySet<string> LinkHosts);
}
