namespace AiApp.Rag.Ingestion.Reading.Office;

/// <summary>Level is that of a heading or 0; Depth that of a list item or -1.</summary>
internal sealed record WordParagraph(string Text, int Level, int Depth)
{
    public static void Write(IEnumerable<WordParagraph> paragraphs, CanonicalTextBuilder text)
    {
        var list = 0;
        foreach (var paragraph in paragraphs)
        {
            list = paragraph.Depth >= 0 ? list != 0 ? list : text.NewGroup() : 0;
            paragraph.Write(text, list);
        }
    }

    public void Write(CanonicalTextBuilder text, int list)
    {
        if (Level > 0)
        {
            text.Heading(Text, Level);
        }
        else if (Depth >= 0)
        {
            text.ListItem(Text, Depth, list);
        }
        else
        {
            text.Paragraph(Text);
        }
    }
}
