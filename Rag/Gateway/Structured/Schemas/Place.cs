using System.Text;

namespace AiApp.Rag.Gateway.Structured.Schemas;

/// <summary>A place in a value, written out as a JSON pointer (RFC 6901) only when something is wrong there.</summary>
internal sealed record Place(Place? Above, string Name)
{
    // Names come from a model: they are told, not repeated at length.
    private const int MostNameLength = 60;
    private const int MostLength = 240;

    public static Place? Root => null;

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string ToPointer(Place? place)
    {
        var names = new Stack<string>();
        for (var at = place; at is not null; at = at.Above)
        {
            names.Push(at.Name);
        }
        var pointer = new StringBuilder();
        foreach (var name in names)
        {
            pointer.Append('/').Append(Escape(Shorten(name, MostNameLength)));
        }
        return Shorten(pointer.ToString(), MostLength);
    }

    private static string Shorten(string text, int most)
    {
        var plain = text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
        return plain.Length <= most ? plain : string.Concat(plain.AsSpan(0, char.IsHighSurrogate(plain[most - 1]) ? most - 1 : most), "…");
    }
}
