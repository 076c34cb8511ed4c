namespace AiApp.Rag.Text;

/// <summary>Where a text holds another, letter by letter.</summary>
internal static class Occurrences
{
    /// <summary>Of each the place where it begins, overlapping ones too; none of an empty text.</summary>
    public static IEnumerable<int> Of(string part, string text)
    {
        for (var at = part.Length == 0 ? -1 : text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
