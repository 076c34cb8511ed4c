using AiApp.Rag.Retrieval;
using AiApp.Rag.Retrieval.Lexical;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class LexicalQueryTests
{
    private static readonly LexicalQuery Query = LexicalQuery.Create([("", 0, 1, 1000), ("the", 5, 1, 900), ("gateway", 7, 1, 40), ("e-4012", 9, 1, 2), ("dragon", 11, 1, 0)]);

    [Fact]
    public void Rare_terms_weigh_more_than_common_ones() =>
        Assert.True(Query.Terms.First(term => term.Lexeme == "e-4012").Idf > Query.Terms.First(term => term.Lexeme == "the").Idf);

    [Fact]
    public void The_rarest_terms_within_the_budget_bring_the_candidates() =>
        Assert.Equal(["e-4012", "gateway"], Query.TakeRarest(100).Select(term => term.Lexeme));

    [Fact]
    public void At_least_one_term_brings_candidates() =>
        Assert.Equal(["e-4012"], Query.TakeRarest(1).Select(term => term.Lexeme));

    [Fact]
    public void The_bound_beyond_the_taken_terms_is_what_the_others_could_add_at_most() =>
        Assert.Equal(2.2 * Query.Terms.First(term => term.Lexeme == "the").Idf, Query.BoundBeyond(2), 6);

    [Fact]
    public void A_term_that_the_question_repeats_counts_as_often() =>
        Assert.Equal(2, LexicalQuery.Create([("", 0, 1, 10), ("a", 3, 2, 1), ("b", 4, 1, 1)]) is var query ? query.Terms[0].Weight / query.Terms[1].Weight : 0, 6);

    [Fact]
    public void A_lexeme_with_quotes_or_backslashes_cannot_leave_its_place() =>
        Assert.Equal("""'a''b\\c'""", LexicalQuery.ToTsQuery([new("a'b\\c", 1, 1, 1)]));

    [Fact]
    public void Terms_of_one_dimension_make_one_entry_of_the_vector() =>
        Assert.Equal("{3:2}/1000000000", LexicalQuery.Create([("", 0, 1, 10), ("a", 3, 1, 1), ("b", 3, 1, 1)]).ToSparseVector()
            .Replace(Math.Log(1 + 9.5 / 1.5).ToString("R", System.Globalization.CultureInfo.InvariantCulture), "2", StringComparison.Ordinal));
}
