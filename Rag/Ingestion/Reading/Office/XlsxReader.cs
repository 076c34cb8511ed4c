using System.Xml;
using AiApp.Rag.Ingestion.Reading.Tables;
using AiApp.Rag.Ingestion.Reading.Xml;

namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Excel: each sheet under its name, row by row, with the values as they were last calculated.</summary>
internal sealed class XlsxReader : IDocumentReader
{
    public string Version => "xlsx-1";

    public bool CanRead(string mediaType) => mediaType == MediaTypes.Xlsx;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        using var package = new OfficePackage(file, ct);
        var text = new CanonicalTextBuilder();
        var main = package.MainPart("xl/workbook.xml");
        var relations = package.Relations(main);
        var (sheets, from1904) = ReadWorkbook(package, main, ct);
        var strings = SharedStrings.Read(package, relations.Find(r => r.Type == "sharedStrings")?.Target, ct);
        var formats = NumberFormats.Read(package, relations.Find(r => r.Type == "styles")?.Target, from1904, ct);
        foreach (var (name, id) in sheets)
        {
            if (relations.Find(r => r.Id == id) is { Type: "worksheet" } sheet)
            {
                WriteSheet(package, sheet.Target, name, new CellValues(strings, formats), text, ct);
            }
        }

        return text.ToDocument(package.Title() is { } title && !string.IsNullOrWhiteSpace(title) ? title : Path.GetFileName(file.SourceUri), file.SourceUri, Version);
    }

    private static (List<(string Name, string? Id)> Sheets, bool From1904) ReadWorkbook(OfficePackage package, string part, CancellationToken ct)
    {
        var sheets = new List<(string, string?)>();
        var from1904 = false;
        using var xml = package.Open(part);
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart() && xml.LocalName == "sheet")
            {
                sheets.Add((xml.Attribute("name") ?? "", xml.Attribute("id")));
            }
            else if (xml.IsStart() && xml.LocalName == "workbookPr")
            {
                from1904 = xml.Attribute("date1904") is "1" or "true";
            }
        }

        return (sheets, from1904);
    }

    private static void WriteSheet(OfficePackage package, string part, string name, CellValues values, CanonicalTextBuilder text, CancellationToken ct)
    {
        using var xml = package.Open(part);
        var row = new SheetRow();
        SheetTable? table = null;
        while (xml is not null && xml.Next(ct))
        {
            if (xml.IsStart() && xml.LocalName == "row")
            {
                row.Clear();
            }
            else if (xml.IsStart() && xml.LocalName == "c")
            {
                ReadCell(xml, row, values, ct);
            }
            else if (xml.IsEnd() && xml.LocalName == "row" && row.HasText)
            {
                if (table is null)
                {
                    text.Heading(name, 1);
                    table = new SheetTable(text);
                }

                table.Add(row.Cells, row.IsText);
            }
            else if (xml.IsStart() && xml.LocalName is "headerFooter" or "extLst")
            {
                xml.SkipElement(ct);
            }
        }

        table?.End();
        WriteDrawings(package, part, name, table is null, text, ct);
    }

    /// <summary>Boxes with text, charts and diagrams that lie over the cells.</summary>
    private static void WriteDrawings(OfficePackage package, string part, string name, bool needsHeading, CanonicalTextBuilder text, CancellationToken ct)
    {
        foreach (var drawing in package.Relations(part).Where(relation => relation.Type == "drawing"))
        {
            var parts = package.Relations(drawing.Target).Where(relation => relation.Type is "chart" or "diagramData").Select(relation => relation.Target);
            foreach (var shape in parts.Prepend(drawing.Target).SelectMany(target => SlideShapes.Read(package, target, ct)))
            {
                if (needsHeading)
                {
                    text.Heading(name, 1);
                    needsHeading = false;
                }

                shape.Write(text);
            }
        }
    }

    private static void ReadCell(XmlReader xml, SheetRow row, CellValues values, CancellationToken ct)
    {
        var (place, type, style) = (xml.Attribute("r"), xml.Attribute("t"), WordStyles.Number(xml.Attribute("s")) ?? 0);
        var value = "";
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            while (xml.Next(ct) && !(xml.IsEnd() && xml.Depth == depth))
            {
                // Formulas are how a value came to be, and phonetic runs how it is pronounced.
                if (xml.IsStart() && xml.LocalName is "f" or "rPh")
                {
                    xml.SkipElement(ct);
                }
                else if (xml.IsStart() && xml.LocalName is "v" or "t")
                {
                    value += ReadingBounds.CheckCell(xml.ReadText(ct));
                    ReadingBounds.CheckCell(value);
                }
            }
        }

        row.Add(place, values.Show(value, type, style), isText: type is "s" or "inlineStr" or "str");
    }
}
