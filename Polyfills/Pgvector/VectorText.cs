using System.Globalization;
using System.Text;

namespace Pgvector;

/// <summary>pgvector's text forms and hashing, common to the three vector types.</summary>
internal static class VectorText
{
    public static T[] ParseList<T>(string text)
        where T : IParsable<T>
    {
        var inner = text[1..^1];
        return Array.ConvertAll(inner.Split(','), item => T.Parse(item, CultureInfo.InvariantCulture));
    }

    public static string FormatList<T>(ReadOnlySpan<T> values)
        where T : ISpanFormattable
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            text.Append(CultureInfo.InvariantCulture, $"{values[i]}");
        }

        return text.Append(']').ToString();
    }

    public static int Hash<T>(ReadOnlySpan<T> values)
    {
        var hash = new HashCode();
        foreach (var value in values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
