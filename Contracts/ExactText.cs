using System.Globalization;
using System.Text;

namespace AiApp.Contracts;

/// <summary>
/// Text as it is sent, for whoever approves it: letters that have no look of their own, or turn others around, are shown as they are escaped
/// in JSON. What looks alike is alike, but for letters of different scripts.
/// </summary>
public static class ExactText
{
    /// <summary>
    /// First and last of what is drawn as nothing though its category has a look: Default_Ignorable_Code_Point of
    /// https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt, and four that are drawn empty.
    /// </summary>
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or ' ' || !IsUnseen(Rune.GetUnicodeCategory(rune)) && !IsBlank(rune.Value))
            {
                shown.Append(rune);
                continue;
            }
            foreach (var unit in rune.ToString())
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }
        return shown.ToString();
    }

    private static bool IsUnseen(UnicodeCategory category) => category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;

    private static bool IsBlank(int letter) => Array.Exists(Blank, range => letter >= range.First && letter <= range.Last);
}
