using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Dom;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Writes the blocks of an HTML tree as canonical text; running text between blocks becomes paragraphs.</summary>
internal sealed class HtmlBlocks
{
    private static readonly FrozenSet<string> Never = FrozenSet.ToFrozenSet(
        ["script", "style", "noscript", "template", "nav", "aside", "button", "select", "textarea", "svg", "iframe", "object", "head", "title", "dialog"]);

    // Of a page they are its frame; inside a main element or an article they are part of the text.
    private static readonly FrozenSet<string> Frame = FrozenSet.ToFrozenSet(["header", "footer"]);

    private static readonly FrozenSet<string> Flow = FrozenSet.ToFrozenSet(
        ["a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
         "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]);

    private readonly CanonicalTextBuilder _text;
    private readonly bool _isPage;
    private readonly CancellationToken _ct;
    private readonly StringBuilder _pending = new();

    private HtmlBlocks(CanonicalTextBuilder text, bool isPage, CancellationToken ct) => (_text, _isPage, _ct) = (text, isPage, ct);

    public static void Write(IElement root, CanonicalTextBuilder text, bool isPage, CancellationToken ct)
    {
        var blocks = new HtmlBlocks(text, isPage, ct);
        blocks.WriteChildren(root, new Place(false, 0, -1));
        blocks.Flush(new Place(false, 0, -1));
    }

    /// <summary>HTML inside another format.</summary>
    public static void WriteFragment(string html, CanonicalTextBuilder text, CancellationToken ct)
    {
        using var document = HtmlTree.Parse(html);
        Write(document.Body!, text, isPage: false, ct);
    }

    private readonly record struct Place(bool InQuote, int List, int Depth);

    private void WriteChildren(INode parent, Place place)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in parent.ChildNodes)
        {
            if (child is IText run)
            {
                _pending.Append(run.Data);
            }
            else if (child is IElement element && !IsHidden(element))
            {
                Write(element, place);
            }
        }
    }

    private void Write(IElement element, Place place)
    {
        _ct.ThrowIfCancellationRequested();
        var name = element.LocalName;
        if (Flow.Contains(name))
        {
            WriteChildren(element, place);
            return;
        }

        if (name is "br" or "img")
        {
            _pending.Append(' ').Append(element.GetAttribute("alt")).Append(' ');
            return;
        }

        Flush(place);
        switch (name)
        {
            case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                _text.Heading(VisibleText(element), name[1] - '0');
                break;
            case "pre":
                _text.Code(element.TextContent);
                break;
            case "blockquote":
                WriteBlock(element, place with { InQuote = true });
                break;
            case "ul" or "ol" or "menu":
                WriteBlock(element, place with { List = place.List != 0 ? place.List : _text.NewGroup(), Depth = place.Depth + 1 });
                break;
            case "table" when !IsLayout(element):
                HtmlTable.Write(element, _text, VisibleText);
                break;
            default:
                WriteBlock(element, place);
                break;
        }
    }

    private void WriteBlock(IElement element, Place place)
    {
        WriteChildren(element, place);
        Flush(place);
    }

    private void Flush(Place place)
    {
        var run = _pending.ToString();
        _pending.Clear();
        if (place.List != 0)
        {
            _text.ListItem(run, Math.Max(0, place.Depth), place.List);
        }
        else if (place.InQuote)
        {
            _text.Quote(run);
        }
        else
        {
            _text.Paragraph(run);
        }
    }

    /// <summary>A table that holds headings, lists of its own tables or blocks of code arranges a page.</summary>
    private static bool IsLayout(IElement table) => table.QuerySelector("table, h1, h2, h3, pre") is not null;

    private string VisibleText(INode node)
    {
        var text = new StringBuilder();
        AppendVisible(node, text);
        return text.ToString();
    }

    private void AppendVisible(INode node, StringBuilder text)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var child in node.ChildNodes)
        {
            if (child is IText run)
            {
                text.Append(run.Data);
            }
            else if (child is IElement element && !IsHidden(element))
            {
                var separates = !Flow.Contains(element.LocalName);
                text.Append(separates ? " " : "").Append(element.GetAttribute("alt"));
                AppendVisible(element, text);
                text.Append(separates ? " " : "");
            }
        }
    }

    private bool IsHidden(IElement element) =>
        Never.Contains(element.LocalName) || (_isPage && Frame.Contains(element.LocalName)) || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true" || element.GetAttribute("role") is "navigation" or "banner" or "search";
}
