using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Text;

/// <summary>
/// Makes identifiers, error codes and names findable whole and in parts. Postgres's parser keeps a CamelCase name whole and
/// takes snake_case and E-4012 apart; what it leaves out is appended as words of its own.
/// </summary>
internal static partial class Identifiers
{
    private const int MinPart = 2;
    private const int MaxLength = 100;

    /// <summary>The text, and on a line of its own the missing parts and wholes of its identifiers, if there are any.</summary>
    public static string AppendTo(string text) => Expand(text) is { Length: > 0 } words ? $"{text}\n{words}" : text;

    /// <summary>The missing words only, in the order of the text; empty for ordinary prose.</summary>
    public static string Expand(string text)
    {
        var words = new StringBuilder();
        foreach (Match match in Names().Matches(text))
        {
            if (match.Length <= MaxLength)
            {
                Append(words, match.Value);
            }
        }
        return words.ToString();
    }

    private static void Append(StringBuilder words, string name)
    {
        var joined = name.AsSpan().IndexOfAny('_', '-') >= 0;
        // Words joined by hyphens alone are prose: Postgres keeps those whole and in parts by itself.
        if (joined && (name.Contains('_') || name.Any(char.IsAsciiDigit)))
        {
            Add(words, name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));
        }
        foreach (var segment in name.Split('_', '-'))
        {
            var humps = Humps().Matches(segment);
            if (humps.Count > 1)
            {
                foreach (Match hump in humps)
                {
                    Add(words, hump.Value);
                }
            }
            // Behind a hyphen Postgres reads a number as a negative one.
            else if (joined && segment.Length > 0 && segment.All(char.IsAsciiDigit))
            {
                Add(words, segment);
            }
        }
    }

    private static void Add(StringBuilder words, string word)
    {
        if (word.Length >= MinPart)
        {
            words.Append(words.Length > 0 ? " " : "").Append(word);
        }
    }

    // A hump, an underscore between letters or digits, or a hyphen beside a digit makes a name of a word.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?=[\p{L}\p{N}_-]*(?:\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|[\p{L}\p{N}]_[\p{L}\p{N}]|\p{L}-\d|\d-\p{L}))[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Names();

    // "HTTPServer2Config": HTTP, Server2, Config.
    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})[\d]*|\p{Lu}?\p{Ll}+\d*|\d+|\p{L}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Humps();
}
