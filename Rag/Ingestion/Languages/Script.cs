namespace AiApp.Rag.Ingestion.Languages;

/// <summary>The scripts of the languages that are told apart; every other is one of them together.</summary>
internal enum Script { Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Devanagari, Tamil, Other }

internal static class Scripts
{
    // "ﬀ" to "ﬆ", which PDF files write for two or three letters.
    public const char FirstLigature = '\ufb00';
    public const char LastLigature = '\ufb06';

    public static readonly int Count = Enum.GetValues<Script>().Length;

    /// <summary>Of a letter or a mark, by its block of Unicode.</summary>
    public static Script Of(char letter) => letter switch
    {
        < '\u02b0' or (>= '\u1e00' and <= '\u1eff') => Script.Latin,
        >= FirstLigature and <= LastLigature => Script.Latin,
        (>= '\u0370' and <= '\u03ff') or (>= '\u1f00' and <= '\u1fff') => Script.Greek,
        >= '\u0400' and <= '\u052f' => Script.Cyrillic,
        >= '\u0530' and <= '\u058f' => Script.Armenian,
        >= '\u0590' and <= '\u05ff' => Script.Hebrew,
        (>= '\u0600' and <= '\u06ff') or (>= '\u0750' and <= '\u077f') => Script.Arabic,
        >= '\u0900' and <= '\u097f' => Script.Devanagari,
        >= '\u0b80' and <= '\u0bff' => Script.Tamil,
        _ => Script.Other,
    };
}
