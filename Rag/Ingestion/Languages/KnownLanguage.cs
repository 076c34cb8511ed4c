using System.Collections.Frozen;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>
/// A language by its function words and its letters. Those without a text-search configuration are here so that they are not mistaken
/// for a neighbour that has one.
/// </summary>
/// <param name="Letters">Lower case; in the Latin script those besides a to z.</param>
/// <param name="Words">In lower case. Empty where the script alone says the language.</param>
internal sealed record KnownLanguage(string Code, Script Script, string Letters, string Words = "")
{
    // Languages whose endings do much of the work of function words, which are 10 to 30 % of their running text; elsewhere 30 to 50 %.
    private static readonly FrozenSet<string> Inflecting = """
        ar az be bg cs et eu fi hr hu id kk la lt lv mk mn mr ms ne pl ru sk sl sr tr uk uz
        """.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The least share of listed words that a text in this language has.</summary>
    public double MinListedShare { get; } = Inflecting.Contains(Code) ? 0.08 : 0.15;

    public string[] ListWords() => Words.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
