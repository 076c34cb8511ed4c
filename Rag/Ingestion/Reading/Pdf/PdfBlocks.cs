using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Ingestion.Reading.Pdf;

/// <summary>
/// Puts the lines of a page together: an empty line ends a paragraph. Headings are guessed only from the plainest signs: a line
/// that stands alone and is numbered, or has capitals only.
/// </summary>
internal static partial class PdfBlocks
{
    private const int MaxHeadingLength = 80;

    public static void Write(IReadOnlyList<string> lines, CanonicalTextBuilder text)
    {
        var block = new List<string>();
        var list = 0;
        foreach (var line in lines.Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                block.Add(line);
            }
            else if (block.Count > 0)
            {
                list = Write(block, list, text);
                block.Clear();
            }
        }
    }

    /// <summary>The list that the block belongs to, or 0.</summary>
    private static int Write(List<string> block, int list, CanonicalTextBuilder text)
    {
        if (block is [var alone] && HeadingLevel(alone) is > 0 and var level)
        {
            text.Heading(alone, level);
            return 0;
        }

        var item = new StringBuilder();
        var isItem = false;
        foreach (var line in block)
        {
            if (Bullet().Match(line) is { Success: true } mark)
            {
                list = Flush(item, isItem, list, text);
                isItem = true;
                list = list == 0 ? text.NewGroup() : list;
                item.Append(line.AsSpan(mark.Length));
            }
            else
            {
                Join(item, Leader().Replace(line, " ").Trim());
            }
        }

        return Flush(item, isItem, list, text);
    }

    private static int Flush(StringBuilder item, bool isItem, int list, CanonicalTextBuilder text)
    {
        var said = item.ToString();
        item.Clear();
        if (isItem)
        {
            text.ListItem(said, 0, list);
            return list;
        }

        text.Paragraph(said);
        return said.Length > 0 ? 0 : list;
    }

    /// <summary>A hyphen at the end of a line divides a word if the next line goes on in small letters.</summary>
    internal static void Join(StringBuilder text, string line)
    {
        if (text.Length == 0 || line.Length == 0)
        {
            text.Append(line);
        }
        else if (text.Length > 1 && text[^1] is '-' or '\u00AD' or '\u2010' && char.IsLetter(text[^2]) && char.IsLower(line[0]))
        {
            text.Length--;
            text.Append(line);
        }
        else
        {
            text.Append(' ').Append(line);
        }
    }

    private static int HeadingLevel(string line)
    {
        var said = line.Trim();
        if (said.Length is 0 or > MaxHeadingLength || said[^1] is '.' or ',' or ';' or ':' || char.IsDigit(said[^1]) || said.Contains("...", StringComparison.Ordinal))
        {
            return 0;
        }

        return Numbered().Match(said) is { Success: true } numbered ? Math.Min(6, numbered.Groups["number"].Value.TrimEnd('.').Count(c => c == '.') + 1)
            : !said.Any(char.IsLower) && said.Count(char.IsUpper) >= 4 && said.Contains(' ', StringComparison.Ordinal) ? 2
            : 0;
    }

    [GeneratedRegex(@"^(?<number>\d{1,2}(\.\d{1,2}){0,4}\.?)\s+\p{Lu}[\p{L}\p{Pd}]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Numbered();

    // The dots between a title and its page in a table of contents.
    [GeneratedRegex(@"(\s?\.){5,}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Leader();

    [GeneratedRegex(@"^\s*[•▪●◦‣∙·\uF0B7\uF0A7]\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Bullet();
}
