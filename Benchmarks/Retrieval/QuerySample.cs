using AiApp.Rag.Text;

namespace AiApp.Benchmarks.Retrieval;

internal enum QueryKind { Title, Heading, Question, Common }

internal sealed record BenchmarkQuery(QueryKind Kind, string Text);

/// <summary>
/// Queries made of a corpus's own titles and headings: two fifths titles, three tenths headings, a fifth questions, a tenth of
/// common words only, which is the lexical leg's slow case. The same sources, number and seed give the same queries.
/// </summary>
internal sealed class QuerySample(int seed)
{
    private const int MinWords = 2;
    private const int MaxWords = 8;
    private const int CommonWords = 60;

    private static readonly string[] Openings =
        ["how do I", "what is", "why does", "when should I use", "where can I find", "how to configure"];

    public IReadOnlyList<BenchmarkQuery> Take(IEnumerable<string> titles, IEnumerable<string> headings, int count)
    {
        var random = new Random(seed);
        var titleList = Shuffle(titles, random);
        var headingList = Shuffle(headings, random);
        var common = Shuffle(MakeCommon(titleList.Concat(headingList), random, count), random);
        var half = headingList.Count * 3 / 5;
        var sample = new List<BenchmarkQuery>();
        sample.AddRange(titleList.Take(count * 2 / 5).Select(title => new BenchmarkQuery(QueryKind.Title, title)));
        sample.AddRange(headingList.Take(Math.Min(half, count * 3 / 10)).Select(heading => new BenchmarkQuery(QueryKind.Heading, heading)));
        sample.AddRange(headingList.Skip(half).Take(count / 5)
            .Select(heading => new BenchmarkQuery(QueryKind.Question, $"{Openings[random.Next(Openings.Length)]} {heading}?")));
        sample.AddRange(common.Take(count / 10).Select(text => new BenchmarkQuery(QueryKind.Common, text)));
        return [.. sample.OrderBy(_ => random.Next())];
    }

    /// <summary>Two to four of the words that most titles and headings hold.</summary>
    private static IEnumerable<string> MakeCommon(IEnumerable<string> texts, Random random, int count)
    {
        var words = texts.SelectMany(text => Words.Split(text).Where(word => word.Length > 2).Distinct(StringComparer.Ordinal))
            .CountBy(word => word).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(CommonWords).Select(pair => pair.Key).ToArray();
        return words.Length < MinWords ? [] : Enumerable.Range(0, count).Select(_ => string.Join(' ', random.GetItems(words, random.Next(2, 5)).Distinct()));
    }

    private static List<string> Shuffle(IEnumerable<string> texts, Random random)
    {
        var list = texts.Distinct(StringComparer.OrdinalIgnoreCase).Where(HasQueryLength).Order(StringComparer.Ordinal).ToArray();
        random.Shuffle(list);
        return [.. list];
    }

    private static bool HasQueryLength(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is >= MinWords and <= MaxWords;
}
