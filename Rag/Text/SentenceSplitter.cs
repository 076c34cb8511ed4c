using System.Runtime.InteropServices;

namespace AiApp.Rag.Text;

/// <summary>A span of a text in UTF-16 code units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSpan(int Start, int Length)
{
    public int End => Start + Length;

    public string Of(string text) => text.Substring(Start, Length);
}

/// <summary>Splits text into sentences; a line break always ends one, so list items and table rows stand alone.</summary>
internal static class SentenceSplitter
{
    private static readonly string[] Abbreviations =
        ["e.g", "i.e", "approx", "no", "nr", "vs", "dr", "mr", "mrs", "ms", "st", "incl", "max", "min", "fig", "sec", "etc", "cf", "z.b", "d.h", "bzw", "ca"];

    public static List<TextSpan> Split(string text)
    {
        var spans = new List<TextSpan>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                Add(text, start, i, spans);
                start = i + 1;
            }
            else if (EndsSentence(text, start, i))
            {
                var end = i + 1;
                while (end < text.Length && text[end] is '"' or '\'' or '”' or '’' or ')' or '»')
                {
                    end++;
                }
                Add(text, start, end, spans);
                start = end;
                i = end - 1;
            }
        }
        Add(text, start, text.Length, spans);
        return spans;
    }

    private static void Add(string text, int start, int end, List<TextSpan> spans)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }
        if (end > start)
        {
            spans.Add(new(start, end - start));
        }
    }

    private static bool EndsSentence(string text, int start, int i)
    {
        if (text[i] is '。' or '！' or '？')
        {
            return true;
        }
        if (text[i] is not ('.' or '!' or '?'))
        {
            return false;
        }
        var next = i + 1;
        while (next < text.Length && text[next] is '"' or '\'' or '”' or '’' or ')' or '»')
        {
            next++;
        }
        if (next < text.Length && !char.IsWhiteSpace(text[next]))
        {
            return false;
        }
        var after = next;
        while (after < text.Length && text[after] is ' ' or '\t')
        {
            after++;
        }
        // A lower-case word goes on with the same sentence, as after most abbreviations.
        return (after >= text.Length || !char.IsLower(text[after])) && (text[i] != '.' || !(EndsWithAbbreviation(text, start, i) || EndsWithInitial(text, start, i)));
    }

    private static bool EndsWithAbbreviation(string text, int start, int i)
    {
        var wordStart = i;
        while (wordStart > start && (char.IsLetter(text[wordStart - 1]) || text[wordStart - 1] == '.'))
        {
            wordStart--;
        }
        var word = text[wordStart..i].ToLowerInvariant();
        return Abbreviations.Contains(word) && i + 1 < text.Length && text[i + 1] != '\n' && (word is not ("no" or "min" or "max" or "etc") || char.IsDigit(NextVisible(text, i + 1)));
    }

    /// <summary>
    /// "John C. Messenger" and "J. R. R. Tolkien", but neither "vitamin C" nor "Annex B. The": a name or an initial stands before it, or an initial
    /// behind, and no word that begins sentences.
    /// </summary>
    private static bool EndsWithInitial(string text, int start, int i)
    {
        if (i == start || !char.IsUpper(text[i - 1]) || (i - 1 > start && text[i - 2] != ' ') || i + 2 >= text.Length || text[i + 1] != ' ' || !char.IsUpper(text[i + 2]))
        {
            return false;
        }
        var after = i + 2;
        while (after < text.Length && char.IsLetter(text[after]))
        {
            after++;
        }
        if (after > i + 3 && Words.IsFunctionWord(text[(i + 2)..after].ToLowerInvariant()))
        {
            return false;
        }
        var name = i - 2;
        while (name > start && (char.IsLetter(text[name - 1]) || (name == i - 2 && text[name - 1] == '.')))
        {
            name--;
        }
        return (name >= start && name < i - 2 && char.IsUpper(text[name])) || (i + 3 < text.Length && text[i + 3] == '.');
    }

    private static char NextVisible(string text, int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i]))
        {
            i++;
        }
        return i < text.Length ? text[i] : '\0';
    }
}
