namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>The cells of one row of a sheet in their columns.</summary>
internal sealed class SheetRow
{
    private readonly List<string> _cells = [];
    private readonly HashSet<int> _texts = [];
    private int _next;

    public IReadOnlyList<string> Cells => _cells;

    public bool HasText => _cells.Count > 0;

    public bool IsText(int column) => _texts.Contains(column);

    public void Clear()
    {
        _cells.Clear();
        _texts.Clear();
        _next = 0;
    }

    /// <summary>The place is such as "AB12"; without one the cell follows the one before it.</summary>
    public void Add(string? place, string value, bool isText)
    {
        var column = Column(place) ?? _next;
        _next = column + 1;
        if (string.IsNullOrWhiteSpace(value))
        {
            return;
        }

        ReadingBounds.CheckColumns(column + 1);
        while (_cells.Count <= column)
        {
            _cells.Add("");
        }

        _cells[column] = value;
        if (isText)
        {
            _texts.Add(column);
        }
    }

    private static int? Column(string? place)
    {
        var column = 0;
        foreach (var c in place ?? "")
        {
            if (!char.IsAsciiLetter(c))
            {
                break;
            }

            // Excel's last column is XFD; more letters are a fault of the file.
            column = Math.Min((column * 26) + (char.ToUpperInvariant(c) - 'A' + 1), 1_000_000);
        }

        return column == 0 ? null : column - 1;
    }
}
