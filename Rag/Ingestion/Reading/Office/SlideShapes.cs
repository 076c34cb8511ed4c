using System.Text;
using System.Xml;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Reads the boxes of a slide, of its notes or of a diagram in it (ECMA-376 part 1, chapters 19 to 21).</summary>
internal sealed class SlideShapes
{
    private readonly List<SlideShape> _shapes = [];
    private readonly StringBuilder _text = new();
    private SlideShape _shape = new();
    private List<string>? _row;
    private bool _inCell;
    private int _depth;

    public static List<SlideShape> Read(OfficePackage package, string part, CancellationToken ct)
    {
        var shapes = new SlideShapes();
        using var xml = package.Open(part);
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart())
            {
                shapes.Start(xml, ct);
            }
            else if (xml.IsEnd())
            {
                shapes.End(xml.LocalName);
            }
        }

        shapes.Close();
        return [.. shapes._shapes.Where(shape => !shape.IsFrame)];
    }

    private void Start(XmlReader xml, CancellationToken ct)
    {
        switch (xml.LocalName)
        {
            case "Fallback":
                xml.SkipElement(ct);
                break;
            case "sp" or "graphicFrame" or "pt":
                Close();
                break;
            case "ph":
                _shape.Placeholder = xml.Attribute("type") ?? "body";
                break;
            case "p":
                (_depth, _) = (0, _inCell ? _text.Append(' ') : _text.Clear());
                break;
            case "pPr":
                _depth = Math.Clamp(WordStyles.Number(xml.Attribute("lvl")) ?? 0, 0, 8);
                break;
            case "br" or "tab":
                _text.Append(' ');
                break;
            // A diagram has an element of that name around its paragraphs.
            case "t" when !xml.NamespaceURI.EndsWith("/diagram", StringComparison.Ordinal):
                _text.Append(xml.ReadText(ct));
                break;
            case "tblPr":
                _shape.HasHeaderRow = xml.Attribute("firstRow") is "1" or "true";
                break;
            case "tr":
                _row = [];
                break;
            case "tc":
                _text.Clear();
                _inCell = !xml.IsEmptyElement;
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "p" when !_inCell:
                _shape.Paragraphs.Add((_text.ToString(), _depth));
                _text.Clear();
                break;
            case "tc":
                ReadingBounds.CheckColumns(_row?.Count ?? 0);
                _row?.Add(_text.ToString());
                _inCell = false;
                _text.Clear();
                break;
            case "tr" when _row is { } row:
                _shape.Rows.Add(row);
                _row = null;
                break;
        }
    }

    private void Close()
    {
        if (_shape.HasText)
        {
            _shapes.Add(_shape);
        }

        _shape = new SlideShape();
        _text.Clear();
    }
}
