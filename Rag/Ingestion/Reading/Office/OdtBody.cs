using System.Text;
using System.Xml;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Writes the body of an OpenDocument text as it streams by.</summary>
internal sealed class OdtBody(XmlReader xml, CanonicalTextBuilder text, CancellationToken ct)
{
    // A file may repeat an empty cell through a whole sheet.
    private const int MaxRepeated = 50;

    private readonly Stack<(StringBuilder Text, int Level)> _paragraphs = new();
    private readonly Stack<int> _lists = new();
    private WordTable? _table;
    private int _tables;
    private bool _inHeader;

    public void Write()
    {
        while (xml.Next(ct))
        {
            if (xml.IsStart())
            {
                Start();
            }
            else if (xml.IsEnd())
            {
                End(xml.LocalName);
            }
            else if (xml.IsText() && _paragraphs.TryPeek(out var paragraph))
            {
                xml.AppendText(paragraph.Text);
            }
        }
    }

    private void Start()
    {
        switch (xml.LocalName)
        {
            case "annotation" or "tracked-changes" or "table-of-content" or "note-citation" or "automatic-styles" or "font-face-decls" or "event-listeners" or "forms":
                xml.SkipElement(ct);
                break;
            case "h" or "p" when !xml.IsEmptyElement:
                var level = xml.LocalName == "h" ? Math.Clamp(WordStyles.Number(xml.Attribute("outline-level")) ?? 1, 1, 6) : 0;
                _paragraphs.Push((new StringBuilder(), level));
                break;
            case "s" or "tab" or "line-break" when _paragraphs.TryPeek(out var paragraph):
                paragraph.Text.Append(' ');
                break;
            case "list" when !xml.IsEmptyElement:
                _lists.Push(_lists.TryPeek(out var outer) ? outer : text.NewGroup());
                break;
            case "table" when !xml.IsEmptyElement:
                _tables++;
                _table ??= new WordTable(text);
                break;
            case "table-header-rows" when _tables == 1 && _table is not null:
                _inHeader = true;
                break;
            case "table-row" when !xml.IsEmptyElement:
                StartRow();
                break;
            case "table-cell" or "covered-table-cell":
                StartCell();
                break;
        }
    }

    private void StartRow()
    {
        if (_tables > 1)
        {
            _table?.StartInner();
        }
        else if (_table is { } table)
        {
            table.StartRow();
            table.IsHeaderRow = _inHeader;
        }
    }

    private void StartCell()
    {
        if (_tables > 1)
        {
            if (!xml.IsEmptyElement)
            {
                _table?.StartInner();
            }

            return;
        }

        var repeated = xml.IsEmptyElement ? Math.Clamp(WordStyles.Number(xml.Attribute("number-columns-repeated")) ?? 1, 1, MaxRepeated) : 1;
        for (var i = 0; i < repeated; i++)
        {
            _table?.StartCell();
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "h" or "p" when _paragraphs.TryPop(out var paragraph):
                EndParagraph(paragraph.Text.ToString(), paragraph.Level);
                break;
            case "list":
                _lists.TryPop(out _);
                break;
            case "table-row" when _tables > 1:
                _table?.EndInner(" | ");
                break;
            case "table-cell" or "covered-table-cell" when _tables > 1:
                _table?.EndInner(" ");
                break;
            case "table-row":
                _table?.EndRow();
                break;
            case "table-header-rows":
                _inHeader = false;
                break;
            case "table" when --_tables == 0:
                _table?.End();
                _table = null;
                break;
        }
    }

    private void EndParagraph(string said, int level)
    {
        var paragraph = new WordParagraph(said, level, _lists.Count - 1);
        if (_table is { } table)
        {
            table.Add(paragraph, isBold: false);
        }
        else
        {
            paragraph.Write(text, _lists.TryPeek(out var list) ? list : 0);
        }
    }
}
