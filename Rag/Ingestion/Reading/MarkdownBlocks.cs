using System.Runtime.CompilerServices;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Writes Markdown's blocks as canonical text.</summary>
internal sealed class MarkdownBlocks(CanonicalTextBuilder text, CancellationToken ct)
{
    public void Write(MarkdownDocument document) => WriteAll(document, Place.Body);

    /// <summary>Where a paragraph stands decides what kind of block it is.</summary>
    private readonly record struct Place(bool InQuote, int List, int Depth)
    {
        public static Place Body => new(false, 0, -1);

        public bool InList => List != 0;
    }

    private void WriteAll(ContainerBlock container, Place place)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var block in container)
        {
            ct.ThrowIfCancellationRequested();
            Write(block, place);
        }
    }

    private void Write(Block block, Place place)
    {
        switch (block)
        {
            case YamlFrontMatterBlock or LinkReferenceDefinitionGroup:
                break;
            case HeadingBlock heading when place == Place.Body:
                text.Heading(MarkdownInlines.Text(heading.Inline), heading.Level);
                break;
            case ListBlock list:
                // Nested lists belong to the list around them: their items follow line by line.
                WriteAll(list, place with { List = place.InList ? place.List : text.NewGroup(), Depth = place.Depth + 1 });
                break;
            case QuoteBlock quote:
                WriteAll(quote, place with { InQuote = true });
                break;
            case Table table:
                WriteTable(table);
                break;
            case HtmlBlock html:
                HtmlBlocks.WriteFragment(html.Lines.ToString(), text, ct);
                break;
            case CodeBlock code:
                text.Code(code.Lines.ToString());
                break;
            case LeafBlock leaf:
                WriteText(MarkdownInlines.Text(leaf.Inline), place);
                break;
            case ContainerBlock other:
                WriteAll(other, place);
                break;
        }
    }

    private void WriteText(string paragraph, Place place)
    {
        if (place.InList)
        {
            text.ListItem(paragraph, place.Depth, place.List);
        }
        else if (place.InQuote)
        {
            text.Quote(MarkdownInlines.WithoutAlertMark(paragraph));
        }
        else
        {
            text.Paragraph(paragraph);
        }
    }

    private void WriteTable(Table table)
    {
        var group = text.NewGroup();
        IReadOnlyList<string> columns = [];
        foreach (var row in table.OfType<TableRow>())
        {
            var cells = row.OfType<TableCell>().Select(CellText).ToList();
            if (row.IsHeader)
            {
                columns = cells;
            }
            else
            {
                text.TableRow(columns, cells, group);
            }
        }
    }

    private static string CellText(TableCell cell) =>
        string.Join(' ', cell.OfType<LeafBlock>().Select(leaf => MarkdownInlines.Text(leaf.Inline)));
}
