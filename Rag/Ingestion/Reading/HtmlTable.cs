using AngleSharp.Dom;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Rows of an HTML table with their column names. Merged cells count in every column and row they stand in.</summary>
internal static class HtmlTable
{
    private const int MaxSpan = 50;

    public static void Write(IElement table, CanonicalTextBuilder text, Func<INode, string> visibleText)
    {
        if (table.QuerySelector("caption") is { } caption)
        {
            text.Paragraph(visibleText(caption));
        }

        var group = text.NewGroup();
        List<string> columns = [];
        var below = new Dictionary<int, (string Text, int Rows)>();
        foreach (var row in table.QuerySelectorAll("tr"))
        {
            var elements = row.Children.Where(c => c.LocalName is "td" or "th").ToList();
            var isHeader = columns.Count == 0 && elements.Count > 0
                && (row.ParentElement?.LocalName == "thead" || elements.TrueForAll(c => c.LocalName == "th"));
            var cells = ReadCells(elements, below, isHeader, visibleText);
            if (isHeader)
            {
                columns = cells;
            }
            else
            {
                text.TableRow(columns, cells, group);
            }
        }
    }

    private static List<string> ReadCells(List<IElement> elements, Dictionary<int, (string Text, int Rows)> below, bool isHeader, Func<INode, string> visibleText)
    {
        var cells = new List<string>();
        foreach (var element in elements)
        {
            TakeFromAbove(cells, below);
            var text = visibleText(element);
            var rows = Span(element, "rowspan");
            for (var column = 0; column < Span(element, "colspan"); column++)
            {
                // A name across three columns is the name of each; a value across three columns is one value.
                var said = column == 0 || isHeader ? text : "";
                if (rows > 1)
                {
                    below[cells.Count] = (said, rows - 1);
                }

                cells.Add(said);
            }
        }

        TakeFromAbove(cells, below);
        return cells;
    }

    private static void TakeFromAbove(List<string> cells, Dictionary<int, (string Text, int Rows)> below)
    {
        while (below.Remove(cells.Count, out var above))
        {
            if (above.Rows > 1)
            {
                below[cells.Count] = above with { Rows = above.Rows - 1 };
            }

            cells.Add(above.Text);
        }
    }

    private static int Span(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), out var span) ? Math.Clamp(span, 1, MaxSpan) : 1;
}
