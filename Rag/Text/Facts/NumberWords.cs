using System.Collections.Frozen;

namespace AiApp.Rag.Text.Facts;

/// <summary>Numbers written as words. "One" and its kin say too often something else.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, int> Known = Read(
        (2, "two both twice zwei deux dos två два две"), (3, "three drei trois tres tre три"), (4, "four vier quatre cuatro fyra четыре"),
        (5, "five fünf cinq cinco fem пять"), (6, "six sechs seis sex шесть"), (7, "seven sieben sept siete sju семь"), (8, "eight acht huit ocho åtta восемь"),
        (9, "nine neun neuf nueve nio девять"), (10, "ten zehn dix diez tio десять"), (11, "eleven elf onze once elva"), (12, "twelve zwölf douze doce tolv"),
        (13, "thirteen dreizehn treize trece tretton"), (14, "fourteen vierzehn quatorze catorce fjorton"), (15, "fifteen fünfzehn quinze quince femton"),
        (16, "sixteen"), (17, "seventeen"), (18, "eighteen"), (19, "nineteen"), (20, "twenty zwanzig vingt veinte tjugo"), (30, "thirty dreißig trente treinta trettio"),
        (40, "forty vierzig"), (50, "fifty fünfzig"), (60, "sixty sechzig"), (70, "seventy siebzig"), (80, "eighty achtzig"), (90, "ninety neunzig"),
        (100, "hundred hundert cent cien hundra"));

    /// <summary>Also of two joined by a hyphen: "twenty-five".</summary>
    public static int? Find(string word)
    {
        if (Known.TryGetValue(word, out var value))
        {
            return value;
        }
        var hyphen = word.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 && Known.TryGetValue(word[..hyphen], out var tens) && tens is >= 20 and < 100
            && (word[(hyphen + 1)..] is "one" ? 1 : Known.GetValueOrDefault(word[(hyphen + 1)..])) is > 0 and < 10 and var ones
                ? tens + ones
                : null;
    }

    private static FrozenDictionary<string, int> Read(params IEnumerable<(int Value, string Words)> rows) =>
        rows.SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Value))).DistinctBy(pair => pair.word)
            .ToFrozenDictionary(pair => pair.word, pair => pair.Value, StringComparer.Ordinal);
}
