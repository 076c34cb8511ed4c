using AiApp.Benchmarks.Retrieval;

namespace AiApp.Integration.Tests.Benchmarks;

public sealed class QuerySampleTests
{
    private static readonly string[] Titles = [.. Enumerable.Range(0, 200).Select(i => $"window message {i}")];
    private static readonly string[] Headings = [.. Enumerable.Range(0, 300).Select(i => $"return value {i}")];

    [Fact]
    public void The_same_seed_draws_the_same_queries_from_the_same_corpus() =>
        Assert.Equal(new QuerySample(7).Take(Titles, Headings, 100), new QuerySample(7).Take(Titles.Reverse(), Headings, 100));

    [Fact]
    public void Another_seed_draws_others() =>
        Assert.NotEqual(new QuerySample(7).Take(Titles, Headings, 100), new QuerySample(8).Take(Titles, Headings, 100));

    [Fact]
    public void Every_kind_of_query_has_its_share() =>
        Assert.Equal(
            [(QueryKind.Title, 40), (QueryKind.Heading, 30), (QueryKind.Question, 20), (QueryKind.Common, 10)],
            new QuerySample(7).Take(Titles, Headings, 100).CountBy(query => query.Kind).OrderBy(kind => kind.Key).Select(kind => (kind.Key, kind.Value)));

    [Fact]
    public void Texts_that_nobody_would_type_are_left_out() =>
        Assert.DoesNotContain(new QuerySample(7).Take(["Remarks", "one two three four five six seven eight nine"], [], 100), query => query.Kind == QueryKind.Title);
}
