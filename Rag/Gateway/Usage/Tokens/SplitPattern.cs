namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>Where the piece ends that begins at a place of the text.</summary>
internal delegate int PieceEnd(ReadOnlySpan<char> text, int start);

/// <summary>
/// The published patterns by which texts are split before pairs of bytes are merged, written out as scanners: linear in the text, and by
/// code points. They are those of github.com/openai/tiktoken, tiktoken_ext/openai_public.py.
/// </summary>
internal static class SplitPattern
{
    private const CharacterClass Word = CharacterClass.Letter | CharacterClass.Number | CharacterClass.Blank;

    private static readonly Dictionary<string, PieceEnd> Known = new(StringComparer.Ordinal)
    {
        ["o200k_base"] = O200K,
        ["cl100k_base"] = Cl100K,
        ["p50k_base"] = R50K,
        ["r50k_base"] = R50K,
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static PieceEnd? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>
    /// [^\r\n\p{L}\p{N}]?HEAD*TAIL+CONTRACTION? | [^\r\n\p{L}\p{N}]?HEAD+TAIL*CONTRACTION? | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n/]* |
    /// \s*[\r\n]+ | \s+(?!\S) | \s+
    /// </summary>
    public static int O200K(ReadOnlySpan<char> text, int start)
    {
        var first = CharacterClasses.At(text, start, out var length);
        var mayLead = !first.Is(CharacterClass.LineBreak | CharacterClass.Letter | CharacterClass.Number);
        var end = mayLead ? LowerWord(text, start + length) : -1;
        end = end < 0 ? LowerWord(text, start) : end;
        end = end < 0 && mayLead ? UpperWord(text, start + length) : end;
        end = end < 0 ? UpperWord(text, start) : end;
        return end >= 0 ? end + Contraction(text, end, ignoreCase: true)
            : first.Is(CharacterClass.Number) ? Run(text, start, CharacterClass.Number, atMost: 3)
            : Symbols(text, start) is >= 0 and var symbols ? SkipAny(text, symbols, "\r\n/")
            : Blanks(text, start, endAtLines: true);
    }

    /// <summary>
    /// (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
    /// </summary>
    public static int Cl100K(ReadOnlySpan<char> text, int start)
    {
        if (Contraction(text, start, ignoreCase: true) is > 0 and var contraction)
        {
            return start + contraction;
        }
        var first = CharacterClasses.At(text, start, out var length);
        var mayLead = !first.Is(CharacterClass.LineBreak | CharacterClass.Letter | CharacterClass.Number);
        var word = Run(text, mayLead ? start + length : start, CharacterClass.Letter);
        return word > start + (mayLead ? length : 0) ? word
            : first.Is(CharacterClass.Number) ? Run(text, start, CharacterClass.Number, atMost: 3)
            : Symbols(text, start) is >= 0 and var symbols ? SkipAny(text, symbols, "\r\n")
            : Blanks(text, start, endAtLines: true);
    }

    /// <summary>'s|'t|'re|'ve|'m|'ll|'d | ?\p{L}+ | ?\p{N}+ | ?[^\s\p{L}\p{N}]+ | \s+(?!\S) | \s+</summary>
    public static int R50K(ReadOnlySpan<char> text, int start)
    {
        if (Contraction(text, start, ignoreCase: false) is > 0 and var contraction)
        {
            return start + contraction;
        }
        var from = text[start] == ' ' ? start + 1 : start;
        return Run(text, from, CharacterClass.Letter) is var word && word > from ? word
            : Run(text, from, CharacterClass.Number) is var number && number > from ? number
            : Symbols(text, start) is >= 0 and var symbols ? symbols
            : Blanks(text, start, endAtLines: false);
    }

    /// <summary>HEAD*TAIL+; -1 without. What both classes hold is given back from the head when no tail follows it.</summary>
    private static int LowerWord(ReadOnlySpan<char> text, int start)
    {
        var lastOfBoth = -1;
        var place = start;
        while (place < text.Length && CharacterClasses.At(text, place, out var length) is var found && found.Is(CharacterClass.Head))
        {
            place += length;
            lastOfBoth = found.Is(CharacterClass.Tail) ? place : lastOfBoth;
        }
        var end = Run(text, place, CharacterClass.Tail);
        return end > place ? end : lastOfBoth;
    }

    /// <summary>HEAD+TAIL*; -1 without.</summary>
    private static int UpperWord(ReadOnlySpan<char> text, int start)
    {
        var head = Run(text, start, CharacterClass.Head);
        return head > start ? Run(text, head, CharacterClass.Tail) : -1;
    }

    private static int Run(ReadOnlySpan<char> text, int place, CharacterClass of, int atMost = int.MaxValue)
    {
        for (; atMost > 0 && place < text.Length && CharacterClasses.At(text, place, out var length).Is(of); atMost--)
        {
            place += length;
        }
        return place;
    }

    /// <summary> ?[^\s\p{L}\p{N}]+; -1 without.</summary>
    private static int Symbols(ReadOnlySpan<char> text, int start)
    {
        var from = text[start] == ' ' ? start + 1 : start;
        var place = from;
        while (place < text.Length && !CharacterClasses.At(text, place, out var length).Is(Word))
        {
            place += length;
        }
        return place > from ? place : -1;
    }

    private static int SkipAny(ReadOnlySpan<char> text, int place, ReadOnlySpan<char> these)
    {
        var left = text[place..].IndexOfAnyExcept(these);
        return left < 0 ? text.Length : place + left;
    }

    /// <summary>\s*[\r\n]+ | \s+(?!\S) | \s+: up to the last line break, else all but the one before a word, else all.</summary>
    private static int Blanks(ReadOnlySpan<char> text, int start, bool endAtLines)
    {
        var end = Run(text, start, CharacterClass.Blank);
        var lineBreak = endAtLines ? text[start..end].LastIndexOfAny('\r', '\n') : -1;
        return lineBreak >= 0 ? start + lineBreak + 1
            : end == text.Length || end == start + 1 ? end
            : end - 1;
    }

    /// <summary>The length of 's, 't, 're, 've, 'm, 'll or 'd; 0 without.</summary>
    private static int Contraction(ReadOnlySpan<char> text, int start, bool ignoreCase)
    {
        if (start + 1 >= text.Length || text[start] != '\'')
        {
            return 0;
        }
        var second = Fold(text[start + 1], ignoreCase);
        if (second is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }
        var third = start + 2 < text.Length ? Fold(text[start + 2], ignoreCase) : '\0';
        return (second, third) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    // U+017F is an s to a pattern that ignores case.
    private static char Fold(char c, bool ignoreCase) => !ignoreCase ? c : c == '\u017F' ? 's' : char.ToLowerInvariant(c);
}
