using System.Numerics;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>A sentence is too short to tell its language by, and long enough to tell that it is not a certain one.</summary>
internal static class SentenceLanguage
{
    // One word of a list, or two, may be names.
    private const int FewestWords = 3;

    /// <summary>How many of its words the language lists, and whether another one lists more of them or its script is another.</summary>
    public static (int Listed, bool IsOther) Compare(string sentence, string code)
    {
        var words = new List<SampledWord>();
        WordScanner.Scan(sentence, words);
        var script = Enum.GetValues<Script>().First(one => one == Script.Other || Vocabulary.Languages(one).Any(language => language.Code == code));
        if (words.Count > 0 && words.TrueForAll(word => word.Script != script))
        {
            return (0, true);
        }
        var languages = Vocabulary.Languages(script);
        var listed = new int[languages.Length];
        foreach (var word in words.Where(word => word.Script == script && word.Entry >= 0).DistinctBy(word => word.Entry))
        {
            for (var left = word.Listed; left != 0; left &= left - 1)
            {
                listed[BitOperations.TrailingZeroCount(left)]++;
            }
        }
        var own = languages.Index().Where(one => one.Item.Code == code).Select(one => listed[one.Index]).FirstOrDefault();
        var most = listed.DefaultIfEmpty().Max();
        return (own, most >= FewestWords && most > own);
    }
}
