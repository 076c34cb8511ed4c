using System.Buffers;
using System.Globalization;
using AiApp.Rag.Text.Facts;

namespace AiApp.Rag.Caching.Questions;

/// <summary>One form for the forms of a word. Only what grammar changes is cut: "rate" and "rating", "plan" and "planning" stay two words.</summary>
internal static class WordForm
{
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    public static string Of(string word)
    {
        if (Number(word) is { } number)
        {
            return number;
        }
        var stem = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.TrimEnd('\'');
        if (stem.Length < 4 || !IsPlainLatin(stem))
        {
            return stem;
        }
        stem = stem switch
        {
            [.., 'i', 'e', 's'] or [.., 'i', 'e', 'd'] when stem.Length > 4 => stem[..^3] + "y",
            [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c', 'h', 'e', 's'] or [.., 's', 'h', 'e', 's'] => stem[..^2],
            [.., 's' or 'u' or 'i', 's'] => stem,
            [.., 's'] => stem[..^1],
            [.., 'e', 'e', 'd'] => stem,
            [.., 'e', 'd'] when HasVowel(stem.AsSpan(0, stem.Length - 2)) => stem[..^2],
            _ => stem,
        };
        stem = stem.Length > 3 && stem[^1] == 'e' && stem[^2] != 'e' ? stem[..^1] : stem;
        return stem.Length > 3 && stem[^1] == stem[^2] && stem[^1] is not ('e' or 'o') ? stem[..^1] : stem;
    }

    /// <summary>Of a verb that tells what is going on just now: "closing" of "it is closing".</summary>
    public static string WithoutPresent(string verb) =>
        verb.Length > 5 && IsPlainLatin(verb) && verb.EndsWith("ing", StringComparison.Ordinal) && HasVowel(verb.AsSpan(0, verb.Length - 3)) ? Of(verb[..^3]) : verb;

    private static string? Number(string word)
    {
        if (word is not ("both" or "twice" or "two" or "sex" or "once" or "elf" or "mil") && NumberWords.Find(word) is { } value)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }
        return word is "two" ? "2" : char.IsAsciiDigit(word[0]) && word.All(c => char.IsAsciiDigit(c) || c == ',') && IsGrouped(word) ? word.Replace(",", "", StringComparison.Ordinal) : null;
    }

    private static bool IsGrouped(string digits) => digits.Split(',') is [{ Length: <= 3 }, _, ..] groups && groups.Skip(1).All(group => group.Length == 3);

    private static bool IsPlainLatin(string word) => word.All(c => c is >= 'a' and <= 'z');

    private static bool HasVowel(ReadOnlySpan<char> word) => word.ContainsAny(Vowels);
}
