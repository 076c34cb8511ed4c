using System.Collections.Frozen;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Ingestion.Languages;

/// <summary>Postgres's text-search configurations by language code.</summary>
internal static class SearchConfigurations
{
    private static readonly FrozenDictionary<string, string> ByCode = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "arabic",
        ["ca"] = "catalan",
        ["da"] = "danish",
        ["de"] = "german",
        ["el"] = "greek",
        ["en"] = "english",
        ["es"] = "spanish",
        ["eu"] = "basque",
        ["fi"] = "finnish",
        ["fr"] = "french",
        ["ga"] = "irish",
        ["hi"] = "hindi",
        ["hu"] = "hungarian",
        ["hy"] = "armenian",
        ["id"] = "indonesian",
        ["it"] = "italian",
        ["lt"] = "lithuanian",
        ["nb"] = "norwegian",
        ["ne"] = "nepali",
        ["nl"] = "dutch",
        ["nn"] = "norwegian",
        ["no"] = "norwegian",
        ["pt"] = "portuguese",
        ["ro"] = "romanian",
        ["ru"] = "russian",
        ["sr"] = "serbian",
        ["sv"] = "swedish",
        ["ta"] = "tamil",
        ["tr"] = "turkish",
        ["yi"] = "yiddish",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of the language that the document declares, else of the one it is surely written in; null when there is neither.</summary>
    public static string? Of(ReadDocument document) =>
        Of(document.Language) ?? Of(LanguageDetector.Detect(document.CanonicalText, document.Blocks));

    /// <summary>Of "de", "de-CH" or "german"; null when there is none, or the language is not known.</summary>
    private static string? Of(string? language)
    {
        var code = (language ?? "").Trim().Split('-', '_')[0];
        return ByCode.GetValueOrDefault(code) ?? ByCode.Values.FirstOrDefault(name => name.Equals(code, StringComparison.OrdinalIgnoreCase));
    }
}
