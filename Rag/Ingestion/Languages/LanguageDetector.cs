using System.Numerics;
using AiApp.Rag.Documents;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>
/// The language of a text by its script, its letters and its function words. Says nothing when it is not sure: a document in the
/// collection's language loses little by that, and one in a wrong language is not found by its inflections.
/// </summary>
internal static class LanguageDetector
{
    // The figures below were chosen on some public labelled sets and checked on others: docs/adr/0022-language-detection.md.
    private const int MinWords = 8;
    private const int MinDistinct = 5;
    private const int MaxDistinct = 12;
    private const int WordsPerDistinct = 25;
    private const double MinScriptShare = 0.6;
    private const double MaxForeignShare = 0.03;
    private const int MinLead = 3;
    private const int MinOdds = 3;

    /// <summary>A code such as "de", also of a language without a text-search configuration; null when in doubt.</summary>
    public static string? Detect(string text, IReadOnlyList<TextBlock> blocks)
    {
        var words = TextSample.ReadWords(text, blocks);
        var script = FindScript(words);
        var languages = Vocabulary.Languages(script);
        words.RemoveAll(word => word.Script != script);
        if (words.Count < MinWords || languages.Length == 0)
        {
            return null;
        }
        return languages.Length == 1 ? languages[0].Code : FindLanguage(words, languages);
    }

    private static Script FindScript(List<SampledWord> words)
    {
        Span<int> counts = stackalloc int[Scripts.Count];
        foreach (var word in words)
        {
            counts[(int)word.Script]++;
        }
        for (var script = 0; script < counts.Length; script++)
        {
            if (counts[script] >= words.Count * MinScriptShare)
            {
                return (Script)script;
            }
        }
        return Script.Other;
    }

    private static string? FindLanguage(List<SampledWord> words, KnownLanguage[] languages)
    {
        Span<int> listed = stackalloc int[languages.Length];
        foreach (var word in words)
        {
            Count(word.Listed, listed);
        }
        var best = 0;
        for (var i = 1; i < listed.Length; i++)
        {
            best = listed[i] > listed[best] ? i : best;
        }
        return listed[best] >= words.Count * languages[best].MinListedShare && IsWrittenIn(words, best) && Leads(words, best, languages.Length)
            ? languages[best].Code
            : null;
    }

    /// <summary>Many different words of the language, and few that it has no letters for.</summary>
    private static bool IsWrittenIn(List<SampledWord> words, int language)
    {
        var bit = 1UL << language;
        var distinct = new HashSet<int>();
        var foreign = 0;
        foreach (var word in words)
        {
            foreign += (word.Writable & bit) == 0 ? 1 : 0;
            if ((word.Listed & bit) != 0)
            {
                distinct.Add(word.Entry);
            }
        }
        return foreign <= 1 + words.Count * MaxForeignShare && distinct.Count >= Math.Min(MinDistinct + words.Count / WordsPerDistinct, MaxDistinct);
    }

    /// <summary>
    /// Against each other language those words count that one of the two lists and the other does not, and of words in neither list
    /// those that only one has the letters for.
    /// </summary>
    private static bool Leads(List<SampledWord> words, int best, int languages)
    {
        Span<int> common = stackalloc int[languages];
        Span<int> against = stackalloc int[languages];
        var own = 0;
        foreach (var word in words)
        {
            var (listed, writable) = ((word.Listed >> best & 1) != 0, (word.Writable >> best & 1) != 0);
            if (listed)
            {
                own++;
                Count(word.Listed, common);
            }
            else if (word.Writable == Vocabulary.AllLanguages)
            {
                Count(word.Listed, against);
            }
            else if (writable)
            {
                own++;
                Count(word.Writable | word.Listed, common);
                Count(word.Listed, against);
            }
            else
            {
                Count(word.Writable, against);
            }
        }
        for (var other = 0; other < languages; other++)
        {
            var lead = own - common[other];
            if (other != best && (lead < MinLead || lead < against[other] * MinOdds))
            {
                return false;
            }
        }
        return true;
    }

    private static void Count(ulong set, Span<int> counts)
    {
        for (var left = set; left != 0; left &= left - 1)
        {
            var language = BitOperations.TrailingZeroCount(left);
            if (language < counts.Length)
            {
                counts[language]++;
            }
        }
    }
}
