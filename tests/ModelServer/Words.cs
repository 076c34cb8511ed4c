using System.Text.RegularExpressions;

namespace AiApp.Testing;

internal static partial class Words
{
    private static readonly HashSet<string> Common =
    [
        "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "in", "is", "it", "its", "many",
        "much", "of", "on", "or", "that", "the", "there", "this", "to", "was", "what", "when", "where", "which", "who", "why", "will", "with",
    ];

    public static int Count(string text) => Word().Count(text);

    /// <summary>Lower-case words that can tell one text from another.</summary>
    public static IEnumerable<string> Telling(string text) =>
        Word().Matches(text.ToLowerInvariant()).Select(match => match.Value).Where(word => !Common.Contains(word));

    /// <summary>Cuts after each run of white space; the pieces together are the text.</summary>
    public static IReadOnlyList<string> Pieces(string text) => [.. Piece().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\S+\s*|\s+")]
    private static partial Regex Piece();
}
