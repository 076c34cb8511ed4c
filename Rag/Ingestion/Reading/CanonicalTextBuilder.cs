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
    private readonly List<PageStart> _pages = [];
    private int? _nextPage;
    private int _rows;
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
        ReadingBounds.CheckRows(++_rows);
        ReadingBounds.CheckColumns(cells.Count);
        var row = new StringBuilder();
        for (var i = 0; i < cells.Count; i++)
        {
            if (Flow(ReadingBounds.CheckCell(cells[i])) is { Length: > 0 } value)
            {
                var name = i < columns.Count ? Flow(columns[i]) : "";
                row.Append(row.Length > 0 ? " | " : "").Append(name).Append(name.Length > 0 ? ": " : "").Append(value);
            }

            CheckLength(row.Length);
        }

        Add(BlockKind.TableRow, row.ToString(), 0, table);
    }

    /// <summary>What is added from here on stands on this page, which counts from 1. A page without text is left out.</summary>
    public void StartPage(int number) => _nextPage = number;

    /// <summary>Another document as a part of this one: its headings go below the level given. Its pages are not those of this one.</summary>
    public void Append(ReadDocument part, int level)
    {
        CheckLength(part.CanonicalText.Length);
        _text.Append(_text.Length > 0 ? "\n\n" : "");
        var start = _text.Length;
        _text.Append(part.CanonicalText);
        _blocks.AddRange(part.Blocks.Select(b => b with { Start = b.Start + start, Level = b.Kind == BlockKind.Heading ? Math.Min(6, b.Level + level) : b.Level }));
        _lastGroup = 0;
    }

    public string? FirstHeading { get; private set; }

    public bool IsEmpty => _text.Length == 0;

    public (string Text, IReadOnlyList<TextBlock> Blocks) Build() => (_text.ToString(), _blocks);

    /// <summary>The title is the declared one, else the first heading, else the file's name.</summary>
    public ReadDocument ToDocument(string? declaredTitle, string sourceUri, string version) => new()
    {
        Title = DocumentTitle.Choose(declaredTitle, FirstHeading, sourceUri),
        CanonicalText = _text.ToString(),
        Blocks = _blocks,
        Pages = _pages,
        ReaderVersion = version,
    };

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

    private void CheckLength(int more)
    {
        if (_text.Length + more > ReadingBounds.Characters)
        {
            throw ReadingBounds.Exceeded($"it has more than {ReadingBounds.Characters:N0} characters of text");
        }
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

        CheckLength(text.Length);
        if (_text.Length > 0)
        {
            _text.Append(group != 0 && group == _lastGroup ? "\n" : "\n\n");
        }

        if (kind == BlockKind.Heading)
        {
            FirstHeading ??= text;
        }

        if (_nextPage is { } page)
        {
            _pages.Add(new PageStart(page, _text.Length));
            _nextPage = null;
        }

        _blocks.Add(new TextBlock(kind, _text.Length, text.Length, level));
        _text.Append(text);
        _lastGroup = group;
    }
}
