using System.Globalization;

namespace AiApp.Rag.Text;

/// <summary>Digits of every script, and the signs written with them, as those of ASCII: one for one, so that places stay.</summary>
internal static class AsciiDigits
{
    public static string Of(string text) => text.Any(c => Find(c) != c) ? string.Create(text.Length, text, Write) : text;

    private static void Write(Span<char> written, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            written[i] = Find(text[i]);
        }
    }

    private static char Find(char c) =>
        c < '\u0080' ? c
        : c switch
        {
            '\u066A' or '\uFF05' => '%',
            '\u066B' => '.',
            '\u066C' => ',',
            _ => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c,
        };
}
