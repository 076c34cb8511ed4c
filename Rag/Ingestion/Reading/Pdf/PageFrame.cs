using System.Text.RegularExpressions;

namespace AiApp.Rag.Ingestion.Reading.Pdf;

/// <summary>Lines at the top or the bottom that most pages have, digits aside: headers, footers and page numbers.</summary>
internal static partial class PageFrame
{
    // How many lines of each end can be a frame, and how many pages it takes to tell.
    private const int EdgeLines = 3;
    private const int MinPages = 3;

    public static List<IReadOnlyList<string>> Remove(IReadOnlyList<string[]> pages)
    {
        var withText = pages.Count(page => page.Any(line => !string.IsNullOrWhiteSpace(line)));
        var counts = pages.SelectMany(page => Edges(page).Select(edge => Key(page[edge])).Distinct())
            .CountBy(key => key)
            .ToDictionary(StringComparer.Ordinal);
        return [.. pages.Select(page => Without(page, key => withText >= MinPages && counts[key] * 2 > withText))];
    }

    private static IReadOnlyList<string> Without(string[] page, Func<string, bool> isFrame)
    {
        var edges = Edges(page).ToHashSet();
        return [.. page.Where((line, i) => !edges.Contains(i) || !isFrame(Key(line)))];
    }

    private static IEnumerable<int> Edges(string[] page)
    {
        var lines = Enumerable.Range(0, page.Length).Where(i => !string.IsNullOrWhiteSpace(page[i])).ToList();
        return lines.Take(EdgeLines).Concat(lines.TakeLast(EdgeLines)).Distinct();
    }

    private static string Key(string line) => Digits().Replace(CanonicalTextBuilder.Flow(line), "#");

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Digits();
}
