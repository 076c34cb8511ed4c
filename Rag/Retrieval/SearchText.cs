using System.Text;
using System.Text.RegularExpressions;

namespace AiApp.Rag.Retrieval;

/// <summary>A question as it was typed: its words, "phrases" that must stand literally, and -words that must not occur.</summary>
internal sealed partial record SearchText
{
    private SearchText(string words, IReadOnlyList<string> phrases, IReadOnlyList<string> exclusions) =>
        (Words, Phrases, Exclusions) = (words, phrases, exclusions);

    /// <summary>Without exclusions and quotation marks: what is compared with texts.</summary>
    public string Words { get; }

    public IReadOnlyList<string> Phrases { get; }

    public IReadOnlyList<string> Exclusions { get; }

    public bool IsConstrained => Phrases.Count + Exclusions.Count > 0;

    /// <summary>The text as it is: what nobody typed into a search field has no operators.</summary>
    public static SearchText Plain(string text) => new(text, [], []);

    public static SearchText Parse(string text)
    {
        var phrases = new List<string>();
        var exclusions = new List<string>();
        var words = new StringBuilder();
        var last = 0;
        foreach (Match match in Operators().Matches(text))
        {
            words.Append(text, last, match.Index - last);
            last = match.Index + match.Length;
            var phrase = match.Groups["phrase"].Value.Trim();
            if (match.Groups["not"].Success)
            {
                exclusions.Add(phrase.Length > 0 ? phrase : match.Groups["word"].Value);
            }
            else if (phrase.Length > 0)
            {
                phrases.Add(phrase);
                words.Append(phrase);
            }
        }
        words.Append(text, last, text.Length - last);
        // Nothing but exclusions is no question; it is taken literally.
        return words.ToString().Trim() is { Length: > 0 } left ? new(left, phrases, exclusions) : Plain(text);
    }

    // A minus excludes at the start of a word only, and never before a digit: "re-use", "a - b" and "-5" are text.
    [GeneratedRegex("""(?<![^\s(])(?:(?<not>-)(?:["“](?<phrase>[^"“”]{1,500})["”]|(?<word>\p{L}[^\s"“”]{0,199}))|["“](?<phrase>[^"“”]{1,500})["”])""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Operators();
}
