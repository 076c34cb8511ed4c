using System.Globalization;
using System.Runtime.InteropServices;

namespace AiApp.Rag.Ingestion.Languages;

/// <param name="Entry">In the vocabulary; -1 for a word that is not there.</param>
/// <param name="Writable">The languages that have all of its letters.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SampledWord(Script Script, int Entry, ulong Writable)
{
    /// <summary>The languages that list it.</summary>
    public ulong Listed => Entry < 0 ? 0 : Vocabulary.LanguagesOfWord(Entry);
}

/// <summary>Words of running text. Identifiers, addresses, numbers with units, acronyms and single letters that are no words say nothing of a language.</summary>
internal static class WordScanner
{
    /// <summary>Two letters count as a word in scripts that put no spaces between words.</summary>
    private const int LettersPerUnspacedWord = 2;

    public static void Scan(ReadOnlySpan<char> text, List<SampledWord> words)
    {
        Span<char> lower = stackalloc char[Vocabulary.LongestWord];
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsLetter(text[i]))
            {
                continue;
            }
            var start = i;
            while (i < text.Length && IsLetter(text[i]))
            {
                i++;
            }
            if (!IsJoined(text, start - 1, -1) && !IsJoined(text, i, 1))
            {
                Add(text[start..i], lower, words);
            }
        }
    }

    private static void Add(ReadOnlySpan<char> word, Span<char> lower, List<SampledWord> words)
    {
        var script = Scripts.Of(word[0]);
        if (script == Script.Other)
        {
            for (var letters = 0; letters < word.Length; letters += LettersPerUnspacedWord)
            {
                words.Add(new(Script.Other, -1, 0));
            }
            return;
        }
        var (length, writable, capitals) = (0, Vocabulary.AllLanguages, 0);
        foreach (var letter in word)
        {
            if (char.IsUpper(letter))
            {
                // Inner capitals are those of an identifier, and only capitals those of an acronym or a shouted heading.
                if (capitals++ < length)
                {
                    return;
                }
            }
            else if (IsVowelPoint(letter))
            {
                continue;
            }
            var folded = char.ToLowerInvariant(letter);
            writable &= Vocabulary.LanguagesOfLetter(folded);
            if (length < lower.Length)
            {
                lower[length] = folded;
            }
            length++;
        }
        var entry = length <= lower.Length ? Vocabulary.Find(lower[..length]) : -1;
        if (capitals < length && (length > 1 || entry >= 0))
        {
            words.Add(new(script, entry, writable));
        }
    }

    /// <summary>What stands beside a word and makes it a part of an address, a path, a name in code or a quantity.</summary>
    private static bool IsJoined(ReadOnlySpan<char> text, int i, int away)
    {
        if (i < 0 || i >= text.Length)
        {
            return false;
        }
        return text[i] switch
        {
            '_' or '/' or '\\' or '@' or '=' or '$' or '#' or '&' or '%' or '~' or '^' or '|' or '+' or '<' or '>' or '{' or '}' => true,
            '.' or ':' => i + away >= 0 && i + away < text.Length && (char.IsLetterOrDigit(text[i + away]) || text[i + away] is '/' or ':'),
            var c => char.IsDigit(c),
        };
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || (c > '\u007f' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // Hebrew and Arabic texts are written with them or without.
    private static bool IsVowelPoint(char c) => c is (>= '\u0591' and <= '\u05c7') or (>= '\u064b' and <= '\u065f') or '\u0670' or '\u0640';
}
