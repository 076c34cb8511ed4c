using System.Text;
using AiApp.Rag.Documents;
using AiApp.Rag.Storage;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>
/// Builds canonical text: blocks apart by an empty line, items of one list and rows of one table by a line break.
/// All text is NFC, without control characters other than line feed and tab.
/// </summary>
internal sealed class CanonicalTextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<TextBlock> _blocks = [];
    private int _lastGroup;
    private int _groups;

    public int NewGroup() => ++_groups;

    public void Heading(string text, int level) => Add(BlockKind.Heading, Flow(text), Math.Clamp(level, 1, 6));

    public void Paragraph(string text) => Add(BlockKind.Paragraph, Flow(text));

    public void Quote(string text) => Add(BlockKind.Quote, Flow(text));

    public void ListItem(string text, int depth, int list) => Add(BlockKind.ListItem, Flow(text), depth, list);

    public void Code(string text) => Add(BlockKind.Code, Verbatim(text));

    /// <summary>Each value with its column's name, so that the row can be understood by itself; empty cells are left out.</summary>
    public void TableRow(IReadOnlyList<string> columns, IReadOnlyList<string> cells, int table)
    {
        var named = cells
            .Select((cell, i) => (Name: i < columns.Count ? Flow(columns[i]) : "", Value: Flow(cell)))
            .Where(cell => cell.Value.Length > 0)
            .Select(cell => cell.Name.Length > 0 ? $"{cell.Name}: {cell.Value}" : cell.Value);
        Add(BlockKind.TableRow, string.Join(" | ", named), 0, table);
    }

    public string? FirstHeading { get; private set; }

    public (string Text, IReadOnlyList<TextBlock> Blocks) Build() => (_text.ToString(), _blocks);

    /// <summary>Running text: every run of white space is one space.</summary>
    public static string Flow(string text)
    {
        var flow = new StringBuilder(text.Length);
        foreach (var c in PostgresText.Clean(text))
        {
            if (char.IsWhiteSpace(c))
            {
                if (flow.Length > 0 && flow[^1] != ' ')
                {
                    flow.Append(' ');
                }
            }
            else if (!char.IsControl(c) && c != '\uFEFF')
            {
                flow.Append(c);
            }
        }

        return flow.ToString().TrimEnd(' ').Normalize(NormalizationForm.FormC);
    }

    private static string Verbatim(string text)
    {
        var lines = PostgresText.Clean(text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var kept = new string([.. lines.Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        var first = kept.AsSpan().TrimStart(" \t\n");
        var indent = kept.LastIndexOf('\n', Math.Max(0, kept.Length - first.Length - 1)) + 1;
        return kept[Math.Min(indent, kept.Length)..].TrimEnd().Normalize(NormalizationForm.FormC);
    }

    private void Add(BlockKind kind, string text, int level = 0, int group = 0)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_text.Length > 0)
        {
            _text.Append(group != 0 && group == _lastGroup ? "\n" : "\n\n");
        }

        if (kind == BlockKind.Heading)
        {
            FirstHeading ??= text;
        }

        _blocks.Add(new TextBlock(kind, _text.Length, text.Length, level));
        _text.Append(text);
        _lastGroup = group;
    }
}
