using AiApp.Contracts;

namespace AiApp.Web.Components.Evidence.Changes;

/// <summary>What has become of cited words in another version: the blocks around them then, and those that took their place.</summary>
/// <param name="IsKept">The cited words stand there literally.</param>
/// <param name="Before">The cited blocks.</param>
/// <param name="After">Null when nothing there is like them.</param>
internal sealed record PassageChange(bool IsKept, string Before, string? After)
{
    // Half of a sentence's words may change before it is taken for another one.
    private const double LeastLikeness = 0.4;

    // Shorter words stand in any text.
    private const int ShortestKept = 20;
    private const int MostBlocks = 12;

    public static PassageChange Find(DocumentTextDto cited, TextSpan quote, DocumentTextDto newest)
    {
        var words = Flat(cited.Text.Substring(quote.Start, quote.Length));
        var before = BlocksAround(cited, quote);
        var candidates = Blocks(newest).Select(block => (block.Start, Text: Text(newest, block))).Select(block => (block.Start, block.Text, Words: Count(block.Text))).ToList();
        var after = new List<(int Start, string Text)>();
        foreach (var block in before)
        {
            var (counted, place) = (Count(block.Text), (double)block.Start / Math.Max(1, cited.Text.Length));
            var best = candidates
                .Select(candidate => (candidate, Likeness: Likeness(counted, candidate.Words)))
                .Where(found => found.Likeness >= LeastLikeness)
                .OrderByDescending(found => found.Likeness)
                .ThenBy(found => Math.Abs(place - ((double)found.candidate.Start / Math.Max(1, newest.Text.Length))))
                .FirstOrDefault();
            if (best.candidate.Text is not null && !after.Contains((best.candidate.Start, best.candidate.Text)))
            {
                after.Add((best.candidate.Start, best.candidate.Text));
            }
        }
        var (then, now) = (Joined(before.Select(block => block.Text)), after.Count == 0 ? null : Joined(after.OrderBy(block => block.Start).Select(block => block.Text)));
        var isKept = now is not null && Flat(now).Contains(words, StringComparison.Ordinal)
            || (words.Length >= ShortestKept && Flat(newest.Text).Contains(words, StringComparison.Ordinal));
        return new(isKept, then, now);
    }

    private static List<(int Start, string Text)> BlocksAround(DocumentTextDto document, TextSpan quote) =>
    [
        .. Blocks(document).Where(block => block.Start < quote.End && block.Start + block.Length > quote.Start)
            .Take(MostBlocks).Select(block => (block.Start, Text(document, block))),
    ];

    private static IReadOnlyList<BlockDto> Blocks(DocumentTextDto document) =>
        document.Blocks.Count > 0 ? document.Blocks : [new() { Kind = "paragraph", Start = 0, Length = document.Text.Length }];

    private static string Text(DocumentTextDto document, BlockDto block)
    {
        var start = Math.Clamp(block.Start, 0, document.Text.Length);
        return document.Text[start..Math.Clamp(block.Start + block.Length, start, document.Text.Length)];
    }

    private static Dictionary<string, int> Count(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).GroupBy(word => word, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(word => word.Key, word => word.Count(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Words in common, as a share of the words of both.</summary>
    private static double Likeness(Dictionary<string, int> one, Dictionary<string, int> other)
    {
        var both = one.Values.Sum() + other.Values.Sum();
        return both == 0 ? 0 : 2.0 * one.Sum(word => Math.Min(word.Value, other.GetValueOrDefault(word.Key))) / both;
    }

    private static string Joined(IEnumerable<string> blocks) => string.Join('\n', blocks.Select(block => block.Trim()));

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
