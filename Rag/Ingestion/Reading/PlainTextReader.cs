using System.Text.RegularExpressions;

namespace AiApp.Rag.Ingestion.Reading;

/// <summary>Paragraphs are apart by empty lines; headings and lists are guessed only from the plainest signs.</summary>
internal sealed partial class PlainTextReader : IDocumentReader
{
    public string Version => "text-1";
    private const int MaxHeadingLength = 80;

    public bool CanRead(string mediaType) => mediaType == MediaTypes.PlainText;

    public ReadDocument Read(DocumentFile file, CancellationToken ct)
    {
        var text = new CanonicalTextBuilder();
        Write(TextDecoder.Decode(file.Bytes.Span), text, ct);
        return text.ToDocument(null, file.SourceUri, Version);
    }

    /// <summary>Plain text inside another format.</summary>
    public static void Write(string content, CanonicalTextBuilder text, CancellationToken ct)
    {
        var paragraph = new List<string>();
        foreach (var line in content.ReplaceLineEndings("\n").Split('\n'))
        {
            ct.ThrowIfCancellationRequested();
            if (!string.IsNullOrWhiteSpace(line))
            {
                paragraph.Add(line);
            }
            else
            {
                Write(paragraph, text);
                paragraph.Clear();
            }
        }

        Write(paragraph, text);
    }

    private static void Write(List<string> lines, CanonicalTextBuilder text)
    {
        if (lines is [var title, var underline, ..] && title.Length <= MaxHeadingLength && Underline().IsMatch(underline))
        {
            text.Heading(title, underline.TrimStart()[0] == '=' ? 1 : 2);
            Write(lines[2..], text);
        }
        else if (lines is [var line] && IsCapitals(line))
        {
            text.Heading(line, 2);
        }
        else if (lines.Count > 0 && ListMark().IsMatch(lines[0]))
        {
            WriteList(lines, text);
        }
        else
        {
            text.Paragraph(string.Join('\n', lines));
        }
    }

    private static void WriteList(List<string> lines, CanonicalTextBuilder text)
    {
        var list = text.NewGroup();
        var item = "";
        foreach (var line in lines)
        {
            if (ListMark().IsMatch(line))
            {
                text.ListItem(item, 0, list);
                item = ListMark().Replace(line, "", 1);
            }
            else
            {
                item += "\n" + line;
            }
        }

        text.ListItem(item, 0, list);
    }

    private static bool IsCapitals(string line) =>
        line.Length <= MaxHeadingLength && !line.Any(char.IsLower) && line.Count(char.IsUpper) >= 3 && line.TrimEnd()[^1] is not ('.' or ',' or ';');

    [GeneratedRegex(@"^\s*(={3,}|-{3,})\s*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Underline();

    [GeneratedRegex(@"^\s*([-*•]|\d{1,3}[.)])\s+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex ListMark();
}
