namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>A box on a slide with its paragraphs, or a table. The placeholder says what the layout calls it; null for boxes of the slide's own.</summary>
internal sealed class SlideShape
{
    public string? Placeholder { get; set; }
    public List<(string Text, int Depth)> Paragraphs { get; } = [];
    public List<List<string>> Rows { get; } = [];
    public bool HasHeaderRow { get; set; }

    public bool IsTitle => Placeholder is "title" or "ctrTitle";

    public bool IsFrame => Placeholder is "dt" or "ftr" or "sldNum" or "hdr" or "sldImg";

    public bool HasText => Rows.Count > 0 || Paragraphs.Exists(paragraph => !string.IsNullOrWhiteSpace(paragraph.Text));

    public void Write(CanonicalTextBuilder text)
    {
        var group = text.NewGroup();
        foreach (var (paragraph, depth) in Paragraphs)
        {
            if (Paragraphs.Count > 1)
            {
                text.ListItem(paragraph, depth, group);
            }
            else
            {
                text.Paragraph(paragraph);
            }
        }

        List<string> columns = HasHeaderRow && Rows.Count > 1 ? Rows[0] : [];
        foreach (var row in Rows.Skip(columns.Count > 0 ? 1 : 0))
        {
            text.TableRow(columns, row, group);
        }
    }
}
