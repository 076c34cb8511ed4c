using AiApp.Rag.Retrieval.Lexical;

namespace AiApp.Rag.Tests.Retrieval;

public sealed class LexicalQueryTests
{
    private static readonly LexicalQuery Query = Create(("", 0, 1, 1000), ("the", 5, 1, 900), ("gateway", 7, 1, 40), ("e-4012", 9, 1, 2), ("dragon", 11, 1, 0));

    [Fact]
    public void Rare_terms_weigh_more_than_common_ones() =>
        Assert.True(Query.Terms.First(term => term.Lexeme == "e-4012").Idf > Query.Terms.First(term => term.Lexeme == "the").Idf);

    [Fact]
    public void Terms_that_no_chunk_holds_are_kept_and_bring_no_candidates() =>
        Assert.Equal(["dragon"], Query.Terms.Except(Query.Known).Select(term => term.Lexeme));

    [Fact]
    public void A_term_that_the_question_repeats_counts_as_often() =>
        Assert.Equal(2, Create(("", 0, 1, 10), ("a", 3, 2, 1), ("b", 4, 1, 1)) is var query ? query.Terms[0].Weight / query.Terms[1].Weight : 0, 6);

    [Fact]
    public void Terms_of_one_dimension_make_one_entry_of_the_vector() =>
        Assert.Equal("{3:2}/1000000000", Create(("", 0, 1, 10), ("a", 3, 1, 1), ("b", 3, 1, 1)).Vector
            .Replace(Math.Log(1 + 9.5 / 1.5).ToString("R", System.Globalization.CultureInfo.InvariantCulture), "2", StringComparison.Ordinal));

    private static LexicalQuery Create(params (string Lexeme, int Dimension, int Frequency, long Count)[] rows) =>
        LexicalQuery.Create([.. rows.Select(row => new QuestionLexeme(row.Lexeme, row.Dimension, row.Frequency, row.Count, 2.2f))]);
}
