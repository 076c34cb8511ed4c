using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax.Inlines;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>The text of Markdown's inlines: of a link its text, of an image its alternative text, of markup nothing.</summary>
internal static partial class MarkdownInlines
{
    public static string Text(ContainerInline? inlines)
    {
        var text = new StringBuilder();
        Append(inlines, text);
        return text.ToString();
    }

    /// <summary>"[!NOTE] Back up first" reads "Note: Back up first".</summary>
    public static string WithoutAlertMark(string quote) =>
        AlertMark().Replace(quote, m => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(m.Groups["kind"].Value.ToLowerInvariant()) + ": ", 1);

    private static void Append(ContainerInline? inlines, StringBuilder text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlInline html:
                    text.Append(SeparatingTag().IsMatch(html.Tag) ? " " : "");
                    break;
                case ContainerInline container:
                    Append(container, text);
                    break;
            }
        }
    }

    [GeneratedRegex(@"^\s*\[!(?<kind>\w+)\]\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex AlertMark();

    [GeneratedRegex("^</?(br|p|div|li|td|tr|dd|dt)\\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex SeparatingTag();
}
