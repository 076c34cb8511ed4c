using System.Collections.Frozen;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>
/// All known words and letters, by the languages that have them. A set of languages is the bits of a number; the languages of a
/// script are numbered from 0, and there are no more than 64.
/// </summary>
internal static class Vocabulary
{
    public const ulong AllLanguages = ulong.MaxValue;

    private static readonly KnownLanguage[][] ByScript = [.. Enum.GetValues<Script>().Select(
        script => (KnownLanguage[])[.. LatinLanguages.All.Concat(NeighbourLanguages.All).Concat(OtherScriptLanguages.All).Where(l => l.Script == script)])];

    private static readonly FrozenDictionary<string, int> Entries = ByScript.SelectMany(languages => languages.SelectMany(l => l.ListWords())).Distinct()
        .Select((word, entry) => (word, entry)).ToFrozenDictionary(w => w.word, w => w.entry, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup = Entries.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly ulong[] EntryLanguages = ListEntryLanguages();
    private static readonly ulong[] LetterLanguages = ListLetterLanguages();

    public static readonly int LongestWord = Entries.Keys.Max(word => word.Length);

    public static KnownLanguage[] Languages(Script script) => ByScript[(int)script];

    /// <summary>The word's entry, or -1.</summary>
    public static int Find(ReadOnlySpan<char> word) => Lookup.TryGetValue(word, out var entry) ? entry : -1;

    public static ulong LanguagesOfWord(int entry) => EntryLanguages[entry];

    /// <summary>The languages that are written with this letter. Marks, and letters of scripts with one alphabet, say nothing.</summary>
    public static ulong LanguagesOfLetter(char lower) =>
        lower < LetterLanguages.Length ? LetterLanguages[lower] : lower is >= Scripts.FirstLigature and <= Scripts.LastLigature ? AllLanguages : 0;

    private static ulong[] ListEntryLanguages()
    {
        var languages = new ulong[Entries.Count];
        foreach (var ofScript in ByScript)
        {
            for (var i = 0; i < ofScript.Length; i++)
            {
                foreach (var word in ofScript[i].ListWords())
                {
                    languages[Entries[word]] |= 1UL << i;
                }
            }
        }
        return languages;
    }

    private static ulong[] ListLetterLanguages()
    {
        var languages = new ulong['\u1f00'];
        for (var c = 0; c < languages.Length; c++)
        {
            var told = Languages(Scripts.Of((char)c)).Any(l => l.Letters.Length > 0);
            languages[c] = told && char.IsLetter((char)c) && !char.IsAsciiLetter((char)c) ? 0 : AllLanguages;
        }
        foreach (var ofScript in ByScript)
        {
            for (var i = 0; i < ofScript.Length; i++)
            {
                foreach (var letter in ofScript[i].Letters)
                {
                    languages[letter] |= 1UL << i;
                }
            }
        }
        return languages;
    }
}
