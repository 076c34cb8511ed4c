using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>
/// Parses HTML unless it is nested beyond any real page: the parser looks through all open elements at each tag, so that
/// 20,000 open ones take it 10 seconds and more, during which it cannot be stopped.
/// </summary>
internal static partial class HtmlTree
{
    private const int MaxDepth = 1000;

    // Elements that stay open until they are closed. Left out: those that a later tag closes, and inline ones, which cost little.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Nesting = FrozenSet.ToFrozenSet(
        ["address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure",
         "footer", "form", "header", "main", "menu", "nav", "object", "ol", "section", "summary", "svg", "math", "table", "template", "ul"],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <exception cref="InsufficientExecutionStackException">The nesting is too deep.</exception>
    public static IHtmlDocument Parse(string html)
    {
        var depth = 0;
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            var name = html.AsSpan(tag.Index + 1, tag.Length - 1);
            var closes = name[0] == '/';
            if (Nesting.Contains(closes ? name[1..] : name))
            {
                depth = closes ? Math.Max(0, depth - 1) : depth + 1;
            }

            if (depth > MaxDepth)
            {
                throw new InsufficientExecutionStackException();
            }
        }

        return new HtmlParser().ParseDocument(html);
    }

    [GeneratedRegex("</?[a-zA-Z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Tag();
}
