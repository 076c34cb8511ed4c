using System.Globalization;
using System.Text;

namespace AiApp.Contracts;

/// <summary>
/// Text as it is sent, for whoever approves it: letters that have no look of their own, or turn others around, are shown as they are escaped
/// in JSON. What looks alike is alike, but for letters of different scripts.
/// </summary>
public static class ExactText
{
    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or ' ' || !IsUnseen(Rune.GetUnicodeCategory(rune)))
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
}
