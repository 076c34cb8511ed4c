namespace AiApp.Rag.Ingestion.Reading.Tables;

/// <summary>
/// Rows of a sheet as they come. The first row of several cells with a text among them names the columns; what stands alone
/// above it is what the sheet says about itself.
/// </summary>
internal sealed class SheetTable(CanonicalTextBuilder text)
{
    private readonly int _group = text.NewGroup();
    private readonly List<string> _alone = [];
    private List<string>? _columns;
    private bool _namesWritten;

    /// <summary>The texts say which of the cells are words and no numbers or dates.</summary>
    public void Add(IReadOnlyList<string> cells, Func<int, bool> isText)
    {
        var filled = Enumerable.Range(0, cells.Count).Where(i => !string.IsNullOrWhiteSpace(cells[i])).ToList();
        if (filled.Count == 0)
        {
            return;
        }

        if (_columns is null && filled.Count == 1)
        {
            _alone.Add(cells[filled[0]]);
            ReadingBounds.CheckRows(_alone.Count);
        }
        else if (_columns is null && filled.Exists(i => isText(i)))
        {
            _alone.ForEach(text.Paragraph);
            _alone.Clear();
            _columns = [.. cells];
        }
        else
        {
            FlushAlone();
            _columns ??= [];
            _namesWritten = true;
            text.TableRow(_columns, cells, _group);
        }
    }

    public void End()
    {
        FlushAlone();
        if (!_namesWritten && _columns is not null)
        {
            text.TableRow([], _columns, _group);
        }
    }

    private void FlushAlone()
    {
        _alone.ForEach(cell => text.TableRow([], [cell], _group));
        _alone.Clear();
    }
}
