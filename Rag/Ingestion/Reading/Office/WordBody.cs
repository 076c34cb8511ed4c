using System.Text;
using System.Xml;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>
/// Writes one part of a Word document (ECMA-376 part 1, chapter 17) as it streams by. Elements are known by their local names,
/// because the strict and the transitional format differ in their namespaces only.
/// </summary>
internal sealed class WordBody(XmlReader xml, WordStyles styles, CanonicalTextBuilder text, CancellationToken ct)
{
    private readonly Stack<Open> _paragraphs = new();
    private WordTable? _table;
    private int _tables;
    private int _list;
    private bool _isBoldRun;

    /// <summary>Text boxes hold paragraphs inside of a paragraph, so several can be open.</summary>
    private sealed class Open(int tables)
    {
        public StringBuilder Text { get; } = new();
        public int Tables { get; } = tables;
        public string? Style { get; set; }
        public int? Outline { get; set; }
        public bool? IsList { get; set; }
        public int? Depth { get; set; }
        public bool IsBold { get; set; } = true;
    }

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
        }
    }

    private void Start()
    {
        var name = xml.LocalName;
        switch (name)
        {
            // Fallback repeats a choice for old programs; rt is the pronunciation above a word.
            case "Fallback" or "moveFrom" or "del" or "rt" or "instrText" or "delText" or "sectPr" or "pPrChange" or "rPrChange" or "tblPrChange":
                xml.SkipElement(ct);
                break;
            case "footnote" or "endnote" when xml.Attribute("type") is "separator" or "continuationSeparator" or "continuationNotice":
                xml.SkipElement(ct);
                break;
            case "p":
                StartParagraph();
                break;
            case "tbl":
                StartTable();
                break;
            default:
                if (_paragraphs.TryPeek(out var paragraph) && paragraph.Tables == _tables)
                {
                    InParagraph(paragraph, name);
                }
                else if (_table is { } table)
                {
                    InTable(table, name);
                }

                break;
        }
    }

    private void StartParagraph()
    {
        _paragraphs.Push(new Open(_tables));
        if (xml.IsEmptyElement)
        {
            End("p");
        }
    }

    private void InParagraph(Open paragraph, string name)
    {
        switch (name)
        {
            case "t":
                var length = paragraph.Text.Length;
                paragraph.Text.Append(xml.ReadText(ct));
                paragraph.IsBold &= _isBoldRun || string.IsNullOrWhiteSpace(paragraph.Text.ToString(length, paragraph.Text.Length - length));
                break;
            case "tab" or "br" or "cr" or "ptab":
                paragraph.Text.Append(' ');
                break;
            case "noBreakHyphen":
                paragraph.Text.Append('-');
                break;
            case "r":
                _isBoldRun = false;
                break;
            case "b":
                _isBoldRun = xml.Attribute("val") is null or "1" or "true" or "on";
                break;
            case "pStyle":
                paragraph.Style = xml.Attribute("val");
                break;
            case "outlineLvl":
                paragraph.Outline = WordStyles.Number(xml.Attribute("val"));
                break;
            case "numId":
                paragraph.IsList = xml.Attribute("val") != "0";
                break;
            case "ilvl":
                paragraph.Depth = WordStyles.Number(xml.Attribute("val"));
                break;
        }
    }

    private void InTable(WordTable table, string name)
    {
        switch (name)
        {
            case "tr" or "tc" when _tables > 1:
                table.StartInner();
                break;
            case "tr":
                table.StartRow();
                break;
            case "tc":
                table.StartCell();
                break;
            case not null when _tables > 1:
                break;
            case "gridSpan":
                table.Span(WordStyles.Number(xml.Attribute("val")) ?? 1);
                break;
            case "vMerge" when xml.Attribute("val") is null or "continue":
                table.ContinueAbove();
                break;
            case "tblHeader" when xml.Attribute("val") is null or "1" or "true" or "on":
                table.IsHeaderRow = true;
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "p" when _paragraphs.TryPop(out var paragraph):
                EndParagraph(paragraph);
                break;
            case "tr" when _tables > 1:
                _table?.EndInner(" | ");
                break;
            case "tc" when _tables > 1:
                _table?.EndInner(" ");
                break;
            case "tr":
                _table?.EndRow();
                break;
            case "tbl" when --_tables == 0:
                _table?.End();
                (_table, _list) = (null, 0);
                break;
        }
    }

    private void EndParagraph(Open open)
    {
        if (styles.IsContents(open.Style))
        {
            return;
        }

        var depth = open.IsList is { } isList ? (isList ? open.Depth ?? Math.Max(0, styles.ListDepth(open.Style)) : -1) : styles.ListDepth(open.Style);
        var paragraph = new WordParagraph(open.Text.ToString(), styles.HeadingLevel(open.Style, open.Outline), Math.Clamp(depth, -1, 8));
        if (_table is { } table)
        {
            table.Add(paragraph, open.IsBold);
            return;
        }

        _list = paragraph.Depth >= 0 && paragraph.Level == 0 ? _list != 0 ? _list : text.NewGroup() : 0;
        paragraph.Write(text, _list);
    }

    private void StartTable()
    {
        if (++_tables > 1)
        {
            return;
        }

        // A table in a text box: what was said before it is said first.
        if (_paragraphs.TryPeek(out var around))
        {
            text.Paragraph(around.Text.ToString());
            around.Text.Clear();
        }

        _table = new WordTable(text);
    }
}
