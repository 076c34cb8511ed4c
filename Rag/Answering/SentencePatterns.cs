using System.Globalization;
using System.Text.RegularExpressions;
using AiApp.Rag.Text;

namespace AiApp.Rag.Answering;

/// <summary>Where the sentences of a model end, and what of them is mark and not word.</summary>
internal static partial class SentencePatterns
{
    /// <summary>What a marker is put before.</summary>
    public static readonly char[] Ends = ['.', '!', '?', '。', '！', '？', ' ', '\t', '\n', '"', '”', '’', ')'];

    /// <summary>Marks of lists, headings and emphasis.</summary>
    [GeneratedRegex(@"\A\s*(?:[-*•+]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)+|\*\*|__|`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    public static partial Regex Decoration();

    /// <summary>
    /// A sentence ends at its punctuation, closing quotes and markers, once something other than a marker follows; or at a line break. No
    /// sentence ends with a title or an initial, unless a marker follows; "No." ends one unless a number follows.
    /// </summary>
    [GeneratedRegex("""\A(?:[^\n]*?(?:(?<!\b(?:St|Dr|Mr|Mrs|Ms|Prof|No|Nr|Art|Fig|Sec|vs|cf|ca|approx|e\.g|i\.e|z\.B|d\.h|bzw|\p{Lu}))\.|(?<=\bNo)\.(?=[ \t]+[^\s\d])|\.(?=["'”’)]*[ \t]*[\[【［]\d)|[!?。！？])["'”’)]*(?:[ \t]*[\[【［][^\]】］\n]{1,40}[\]】］])*[ \t]+(?=[^\s\[【［\p{Ll}])|[^\n]*\n+(?=[^\n]))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    public static partial Regex Sentence();

    // Some models write the brackets and digits of the language of the answer.
    [GeneratedRegex(@"(?<space>[ \t]*)[\[【［](?<n>\d{1,3})(\s*[,;،，、]\s*(?<n>\d{1,3}))*[\]】］]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    public static partial Regex Marker();

    /// <summary>The passages that a marker names.</summary>
    public static IEnumerable<int> Numbers(Match marker) =>
        marker.Groups["n"].Captures.Select(capture => int.Parse(AsciiDigits.Of(capture.Value), NumberStyles.None, CultureInfo.InvariantCulture));
}
