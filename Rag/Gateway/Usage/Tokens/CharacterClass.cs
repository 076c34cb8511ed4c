using System.Buffers;
using System.Globalization;
using System.Text;

namespace AiApp.Rag.Gateway.Usage.Tokens;

/// <summary>What the published split patterns tell apart.</summary>
[Flags]
internal enum CharacterClass : byte
{
    Other = 0,
    Upper = 1,
    Lower = 2,
    Uncased = 4,
    Mark = 8,
    Number = 16,
    Blank = 32,
    LineBreak = 64,
    Surrogate = 128,

    Letter = Upper | Lower | Uncased,

    /// <summary>How a word of o200k_base begins: [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}].</summary>
    Head = Upper | Uncased | Mark,

    /// <summary>How it goes on: [\p{Ll}\p{Lm}\p{Lo}\p{M}].</summary>
    Tail = Lower | Uncased | Mark,
}

/// <summary>Classes by code point: regular expressions of .NET see the halves of surrogate pairs, which are of no class.</summary>
internal static class CharacterClasses
{
    private static readonly CharacterClass[] Basic = [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => OfBasic((char)code))];

    public static bool Is(this CharacterClass found, CharacterClass any) => (found & any) != CharacterClass.Other;

    /// <summary>Of the code point that begins at a place, and how many chars it takes. Half a pair counts as U+FFFD, which is what is encoded.</summary>
    public static CharacterClass At(ReadOnlySpan<char> text, int place, out int length)
    {
        length = 1;
        var found = Basic[text[place]];
        if (found != CharacterClass.Surrogate)
        {
            return found;
        }
        return Rune.DecodeFromUtf16(text[place..], out var rune, out length) == OperationStatus.Done
            ? OfCategory(Rune.GetUnicodeCategory(rune))
            : CharacterClass.Other;
    }

    private static CharacterClass OfBasic(char c) =>
        char.IsSurrogate(c) ? CharacterClass.Surrogate
        : c is '\r' or '\n' ? CharacterClass.Blank | CharacterClass.LineBreak
        : char.IsWhiteSpace(c) ? CharacterClass.Blank
        : OfCategory(CharUnicodeInfo.GetUnicodeCategory(c));

    private static CharacterClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClass.Upper,
        UnicodeCategory.LowercaseLetter => CharacterClass.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Uncased,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterClass.Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
        _ => CharacterClass.Other,
    };
}
