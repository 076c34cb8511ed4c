using System.Text;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>
/// One table of a Word document, row by row. Names of columns are in a row that is marked as heading, or is bold above rows
/// that are not. A row of a single cell is layout: what stands in it is written as if there were no table.
/// </summary>
internal sealed class WordTable(CanonicalTextBuilder text)
{
    private readonly int _group = text.NewGroup();
    private readonly Dictionary<int, string> _above = [];
    private List<string> _columns = [];
    private List<string>? _boldFirst;
    private List<Cell> _row = [];
    private bool _anyRow;

    private sealed class Cell
    {
        public List<WordParagraph> Paragraphs { get; } = [];
        public Stack<int> Inner { get; } = [];
        public int Span { get; set; } = 1;
        public bool ContinuesAbove { get; set; }
        public bool IsBold { get; set; } = true;
    }

    public bool IsHeaderRow { private get; set; }

    public void StartRow() => (_row, IsHeaderRow) = ([], false);

    public void StartCell()
    {
        ReadingBounds.CheckColumns(_row.Count);
        _row.Add(new Cell());
    }

    public void Span(int columns)
    {
        if (_row is [.., var cell])
        {
            cell.Span = Math.Clamp(columns, 1, 50);
        }
    }

    public void ContinueAbove()
    {
        if (_row is [.., var cell])
        {
            cell.ContinuesAbove = true;
        }
    }

    public void Add(WordParagraph paragraph, bool isBold)
    {
        if (_row is [.., var cell])
        {
            cell.Paragraphs.Add(paragraph);
            cell.IsBold &= isBold || paragraph.Text.Length == 0;
        }
    }

    /// <summary>A row or a cell of a table inside of a cell: it becomes a part of the cell's text.</summary>
    public void StartInner()
    {
        if (_row is [.., var cell])
        {
            cell.Inner.Push(cell.Paragraphs.Count);
        }
    }

    public void EndInner(string separator)
    {
        if (_row is [.., var cell] && cell.Inner.TryPop(out var first) && cell.Paragraphs.Count > first + 1)
        {
            var joined = string.Join(separator, cell.Paragraphs[first..].Select(p => p.Text).Where(said => !string.IsNullOrWhiteSpace(said)));
            cell.Paragraphs.RemoveRange(first, cell.Paragraphs.Count - first);
            cell.Paragraphs.Add(new WordParagraph(joined, 0, -1));
        }
    }

    public void EndRow()
    {
        if (_row is [var only] && !only.ContinuesAbove)
        {
            FlushBold();
            WordParagraph.Write(only.Paragraphs, text);
            return;
        }

        var cells = ReadCells();
        var isBold = _row.Count > 1 && _row.TrueForAll(cell => cell.IsBold) && cells.TrueForAll(cell => cell.Length > 0);
        if (IsHeaderRow && !_anyRow)
        {
            // Two rows of headings: the lower one is nearer to the values.
            _columns = _columns.Count == 0 ? cells : [.. cells.Select((cell, i) => cell.Length > 0 ? cell : _columns.ElementAtOrDefault(i) ?? "")];
        }
        else if (!_anyRow && _columns.Count == 0 && _boldFirst is null && isBold)
        {
            _boldFirst = cells;
        }
        else
        {
            if (_boldFirst is not null && !isBold)
            {
                (_columns, _boldFirst) = (_boldFirst, null);
            }

            FlushBold();
            text.TableRow(_columns, cells, _group);
            _anyRow = true;
        }
    }

    public void End()
    {
        FlushBold();
        if (!_anyRow && _columns.Count > 0)
        {
            text.TableRow([], _columns, _group);
        }
    }

    private void FlushBold()
    {
        if (_boldFirst is { } row)
        {
            text.TableRow([], row, _group);
            (_boldFirst, _anyRow) = (null, true);
        }
    }

    private List<string> ReadCells()
    {
        var cells = new List<string>();
        foreach (var cell in _row)
        {
            var own = new StringBuilder().AppendJoin(' ', cell.Paragraphs.Select(paragraph => paragraph.Text)).ToString().Trim();
            var said = cell.ContinuesAbove ? _above.GetValueOrDefault(cells.Count, "") : own;
            _above[cells.Count] = said;
            cells.Add(said);
            for (var i = 1; i < cell.Span; i++)
            {
                // A name across three columns is the name of each; a value across three columns is one value.
                _above.Remove(cells.Count);
                cells.Add(IsHeaderRow ? said : "");
            }
        }

        return cells;
    }
}
