using System.Collections.Frozen;

namespace AiApp.Rag.Text.Facts;

/// <summary>Names of months, whole and cut short; not those that are also other words ("may" is asked for with a number beside it).</summary>
internal static class Months
{
    private static readonly string[] Names =
    [
        "january jan januari januar janvier enero", "february feb februari februar février febrero", "march mar mars märz marzo", "april apr avril abril",
        "may maj mai mayo", "june jun juni juin junio", "july jul juli juillet julio", "august aug augusti août agosto",
        "september sep sept septembre septiembre", "october oct okt oktober octobre octubre", "november nov novembre noviembre",
        "december dec dez dezember décembre diciembre",
    ];

    private static readonly FrozenDictionary<string, int> Known = Names
        .SelectMany((row, i) => row.Split(' ').Select(name => (name, Month: i + 1))).DistinctBy(pair => pair.name)
        .ToFrozenDictionary(pair => pair.name, pair => pair.Month, StringComparer.Ordinal);

    public static int? Find(string word) => Known.TryGetValue(word.TrimEnd('.'), out var month) ? month : null;
}
